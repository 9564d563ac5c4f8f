import { isTypeDefinitionNode, isTypeExtensionNode } from 'graphql';
import type { ASTNode, DefinitionNode, GraphQLError, NameNode } from 'graphql';
import type { Contract } from './contracts.js';
import { placeOf } from './problem.js';
import type { Place, Problem } from './problem.js';

/**
 * Says where a composition error comes from: by the nodes it carries, else by the first schema coordinate that its
 * message names, looked up in the departments that it names.
 */
export function locate(error: GraphQLError, contracts: readonly Contract[]): Problem {
  const departments = concerned(error, contracts);
  const byNode = (error.nodes ?? []).map(placeOf);
  const byName = contracts
    .filter(({ department }) => departments.includes(department))
    .flatMap((contract) => definitionsOf(error.message, contract).map(placeOf));
  const places = unique(byNode.some(Boolean) ? byNode : byName);
  const { code } = error.extensions;
  return { code: typeof code === 'string' ? code : 'COMPOSITION_ERROR', message: error.message, departments, places };
}

function concerned({ extensions, message }: GraphQLError, contracts: readonly Contract[]): string[] {
  const names = contracts.map(({ department }) => department);
  if (typeof extensions['subgraphName'] === 'string') return [extensions['subgraphName']];
  const named = names.filter((name) => message.includes(`"${name}"`) || message.startsWith(`[${name}]`));
  return named.length > 0 ? named : names;
}

/** Nodes of the type, field or enum value behind the first of the message's quoted names that is one. */
function definitionsOf(message: string, { document }: Contract): ASTNode[] {
  for (const [, typeName = '', memberName] of message.matchAll(/"([A-Za-z_]\w*)(?:\.(\w+)(?:\(\w*:?\))?)?"/g)) {
    const types = document.definitions.filter((each) => nameOf(each) === typeName);
    if (types.length === 0) continue;
    const members = types.flatMap(membersOf).filter(({ name }) => name.value === memberName);
    return members.length > 0 ? members : types;
  }
  return [];
}

function nameOf(definition: DefinitionNode): string | undefined {
  return isTypeDefinitionNode(definition) || isTypeExtensionNode(definition) ? definition.name.value : undefined;
}

function membersOf(definition: DefinitionNode): readonly (ASTNode & { readonly name: NameNode })[] {
  if ('fields' in definition) return definition.fields ?? [];
  return 'values' in definition ? (definition.values ?? []) : [];
}

function unique(places: readonly (Place | undefined)[]): Place[] {
  const byText = new Map(places.flatMap((place) => (place ? [[`${place.file}:${place.line}`, place] as const] : [])));
  return [...byText.values()];
}
