import type { Alternatives } from '@linli/gateway/supergraph/classification/conditions';
import { conditionsReader } from '@linli/gateway/supergraph/classification/conditions';
import { LinkedNames } from '@linli/gateway/supergraph/linked-names';
import { isTypeDefinitionNode, isTypeExtensionNode, print } from 'graphql';
import type { ConstDirectiveNode, DefinitionNode } from 'graphql';
import type { Contract } from '../contracts.js';
import type { Graph } from '../graph.js';
import { problemAt } from '../graph.js';
import type { Problem } from '../problem.js';

/**
 * What a contract says of protection must still be said in the composed graph: composition leaves out a directive that
 * is not composed (`@composeDirective`), and a requirement that lists no alternative.
 */
export function checkSurvival(graph: Graph): Problem[] {
  return graph.contracts.flatMap((contract) => {
    const names = new LinkedNames(contract.document);
    return contract.document.definitions.flatMap(placesIn).flatMap(({ coordinate, directives }) => {
      const kept = directivesAt(graph, coordinate);
      return [...lostStatements(graph, names, directives, kept), ...lostConditions(graph, names, directives, kept)].map(
        (directive) => lost(graph, contract, coordinate, directive),
      );
    });
  });
}

function lostStatements({ shape }: Graph, names: LinkedNames, stated: Directives, kept: Directives): string[] {
  return (['classified', 'scoped', 'uses'] as const).flatMap((name) => {
    const [own, composed] = [names, shape.names].map((each) => each.directive(name, 'classified'));
    const still = new Set(kept.filter((each) => composed!.has(each.name.value)).map(argumentsOf));
    return stated
      .filter((each) => own!.has(each.name.value) && !still.has(argumentsOf(each)))
      .map((each) => each.name.value);
  });
}

function lostConditions({ shape }: Graph, names: LinkedNames, stated: Directives, kept: Directives): string[] {
  const wanted = conditionsReader({ names })(stated);
  const found = conditionsReader(shape)(kept);
  return [
    ...(wanted.authenticated && !found.authenticated ? ['authenticated'] : []),
    ...(implies(found.scopes, wanted.scopes) ? [] : ['requiresScopes']),
    ...(implies(found.policies, wanted.policies) ? [] : ['policy']),
  ];
}

/** Whether whoever meets the one condition meets the other too. */
function implies(one: Alternatives, other: Alternatives): boolean {
  if (other.length === 0) return true;
  return one.length > 0 && one.every((set) => other.some((part) => part.every((item) => set.includes(item))));
}

function lost(graph: Graph, { department }: Contract, coordinate: string, directive: string): Problem {
  const problem = problemAt(
    graph,
    'PROTECTION_LOST',
    coordinate,
    `[${department}] ${coordinate} is protected by @${directive}, and the composed graph does not say so: link its ` +
      'specification, name it in @composeDirective if it is the hub’s own, and give it at least one alternative if it ' +
      'lists any.',
  );
  return { ...problem, departments: [department] };
}

type Directives = readonly ConstDirectiveNode[];

interface Place {
  readonly coordinate: string;
  readonly directives: Directives;
}

function placesIn(definition: DefinitionNode): Place[] {
  if (!isTypeDefinitionNode(definition) && !isTypeExtensionNode(definition)) return [];
  const type = definition.name.value;
  const fields = 'fields' in definition ? (definition.fields ?? []) : [];
  return [
    { coordinate: type, directives: definition.directives ?? [] },
    ...fields.flatMap((field) => [
      { coordinate: `${type}.${field.name.value}`, directives: field.directives ?? [] },
      ...('arguments' in field ? (field.arguments ?? []) : []).map((argument) => ({
        coordinate: `${type}.${field.name.value}(${argument.name.value}:)`,
        directives: argument.directives ?? [],
      })),
    ]),
  ];
}

/** What the composed graph says at a coordinate. */
function directivesAt({ shape }: Graph, coordinate: string): Directives {
  const [, type = '', name, argument] = /^(\w+)(?:\.(\w+))?(?:\((\w+):\))?$/.exec(coordinate) ?? [];
  if (name === undefined) return shape.directivesOf(type);
  const field = shape.types.get(type)?.fields.get(name);
  const input = shape.inputs.get(type)?.find((each) => each.name.value === name);
  if (argument === undefined) return field?.directives ?? input?.directives ?? [];
  return field?.arguments.find((each) => each.name.value === argument)?.directives ?? [];
}

function argumentsOf({ arguments: given = [] }: ConstDirectiveNode): string {
  return given
    .map((each) => print(each))
    .sort()
    .join(', ');
}
