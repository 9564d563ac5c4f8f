import { readFileSync } from 'node:fs';
import { getNamedType, isLeafType, isListType, isNonNullType, isObjectType, parse, print, visit } from 'graphql';
import { subgraphSdl } from '../../schema/dist/files.js';
import { subgraphs } from '../../schema/dist/platforms.js';

const schemaFile = (name) => new URL(`../../schema/${name}`, import.meta.url);
const read = (name) => readFileSync(schemaFile(name), 'utf8');

/** The subgraphs' own contracts, answered by constants: what is measured is the gateway, not a department. */
export const hubSubgraphs = Object.fromEntries(
  subgraphs.map((name) => [name, { sdl: subgraphSdl(name), fieldResolver: constant }]),
);

export const hubSupergraph = () => read('supergraph.graphql');

/** The first of the front-end teams' operations, as they wrote it. */
export const flagship = {
  query: read('operations/community-360.graphql'),
  variables: JSON.parse(read('operations/community-360.variables.json')),
};

/**
 * The operation without the fields that a gateway does not know for a caller.
 *
 * @param errors of the gateway's validation, each with the place of a field
 */
export function publicPart(query, errors) {
  const unknown = errors.flatMap(({ locations = [] }) => locations.map(({ line, column }) => `${line}:${column}`));
  const isUnknown = ({ startToken: { line, column } }) => unknown.includes(`${line}:${column}`);
  if (unknown.length === 0) throw new Error(`The flagship operation is refused: ${JSON.stringify(errors)}`);
  return print(visit(parse(query), { Field: ({ loc }) => (isUnknown(loc) ? null : undefined) }));
}

const defaultLength = 10;

/**
 * What the parent knows (a key), else the same value for the same coordinate and place in a list. A list of a connection
 * is as long as the connection was asked for.
 */
function constant(parent, args, _context, info) {
  const known = parent?.[info.fieldName];
  if (known !== undefined) return known;
  const named = getNamedType(info.returnType);
  const list = isListType(isNonNullType(info.returnType) ? info.returnType.ofType : info.returnType);
  const value = (index) => {
    if (isObjectType(named)) return { __typename: named.name, id: `${info.fieldName}-${index}`, first: args.first };
    if (named.getValues) return named.getValues()[index % named.getValues().length].value;
    return scalar(named.name, `${info.fieldName} ${index}`, index);
  };
  if (!list) return value(0);
  // Lists of texts are of those who handle something, who are mostly one.
  const length = isLeafType(named) ? 1 : (parent?.first ?? args.first ?? defaultLength);
  return Array.from({ length }, (_, index) => value(index));
}

const scalars = {
  Int: (_text, index) => 40 + index,
  Float: (_text, index) => 4.5 + index,
  Boolean: (_text, index) => index % 2 === 0,
  CommunityCode: () => '440303001001',
  PlaceCode: () => '440303001',
  Year: () => 2025,
  Date: () => '2025-12-31',
  DateTime: () => '2025-12-31T09:30:00Z',
};

function scalar(type, text, index) {
  return scalars[type]?.(text, index) ?? text;
}
