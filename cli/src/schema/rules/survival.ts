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
  const composed = namesIn(graph.shape.names);
  return graph.contracts.flatMap((contract) => {
    const own = namesIn(new LinkedNames(contract.document));
    return contract.document.definitions.flatMap(placesIn).flatMap(({ coordinate, directives }) => {
      if (directives.length === 0) return [];
      const kept = directivesAt(graph, coordinate);
      return [
        ...lostStatements(own, composed, directives, kept),
        ...lostConditions(own, composed, directives, kept),
      ].map((directive) => lost(graph, contract, coordinate, directive));
    });
  });
}

const statements = ['classified', 'scoped', 'uses'] as const;

/** What a document calls the directives that protect, looked up once for all its places. */
interface Names {
  readonly statements: readonly ReadonlySet<string>[];
  readonly conditions: ReturnType<typeof conditionsReader>;
}

function namesIn(names: LinkedNames): Names {
  return {
    statements: statements.map((name) => names.directive(name, 'classified')),
    conditions: conditionsReader({ names }),
  };
}

function lostStatements(own: Names, composed: Names, stated: Directives, kept: Directives): string[] {
  return own.statements.flatMap((names, index) => {
    const said = stated.filter((each) => names.has(each.name.value));
    if (said.length === 0) return [];
    const still = new Set(kept.filter((each) => composed.statements[index]!.has(each.name.value)).map(argumentsOf));
    return said.filter((each) => !still.has(argumentsOf(each))).map((each) => each.name.value);
  });
}

function lostConditions(own: Names, composed: Names, stated: Directives, kept: Directives): string[] {
  const wanted = own.conditions(stated);
  const found = composed.conditions(kept);
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
