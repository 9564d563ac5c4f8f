import { buildSubgraphSchema } from '@apollo/subgraph';
import { composeServices } from '@theguild/federation-composition';
import { buildSchema, isAbstractType, isObjectType, parse, type GraphQLObjectType, type GraphQLSchema } from 'graphql';

/** One thing of the data: its concrete type and all its fields, whoever answers them. */
export type Thing = { readonly __typename: string; readonly [field: string]: unknown };

/** How a field is computed from the fields of its object (`@requires`) and its arguments. */
export type Compute = (of: Record<string, unknown>, args: Record<string, unknown>) => unknown;

/** One small world, told twice: as one schema, and as subgraphs. */
export interface Universe {
  readonly name: string;
  /** The whole graph as one schema without Federation: the judge's. */
  readonly monolith: string;
  /** SDL by subgraph name. */
  readonly subgraphs: Readonly<Record<string, string>>;
  /** All things; entities are found among them by their key fields. */
  readonly things: () => readonly Thing[];
  /** Values of root fields. */
  readonly roots: (things: readonly Thing[]) => Readonly<Record<string, unknown>>;
  /** Fields that are computed, by `Type.field`. */
  readonly computed?: Readonly<Record<string, Compute>>;
}

/** The judge's executable schema. */
export function monolithSchema(universe: Universe): GraphQLSchema {
  const schema = buildSchema(universe.monolith);
  attach(schema, universe, universe.things(), undefined);
  return schema;
}

/** The executable schema of each subgraph. */
export function subgraphSchemas(universe: Universe): Map<string, GraphQLSchema> {
  return new Map(
    Object.entries(universe.subgraphs).map(([name, sdl]) => {
      const things = universe.things();
      const document = parse(sdl);
      const schema = buildSubgraphSchema({ typeDefs: document });
      attach(schema, universe, things, externalFields(sdl));
      return [name, schema];
    }),
  );
}

/** The composed supergraph; throws what composition finds. */
export function compose(universe: Universe): string {
  const services = Object.entries(universe.subgraphs).map(([name, sdl]) => ({
    name,
    typeDefs: parse(sdl),
    url: `http://127.0.0.1:1/${name}`,
  }));
  const { errors, supergraphSdl } = composeServices(services);
  if (errors?.length) throw new Error(`${universe.name}: ${errors.map(({ message }) => message).join('; ')}`);
  return supergraphSdl!;
}

/** `Type.field` of everything a subgraph marks as another's. */
function externalFields(sdl: string): ReadonlySet<string> {
  const external = new Set<string>();
  for (const definition of parse(sdl).definitions) {
    if (!('fields' in definition) || !('name' in definition)) continue;
    const all = definition.directives?.some(({ name }) => name.value === 'external');
    for (const field of definition.fields ?? []) {
      if (all || field.directives?.some(({ name }) => name.value === 'external')) {
        external.add(`${definition.name.value}.${field.name.value}`);
      }
    }
  }
  return external;
}

/**
 * Gives every field its value out of the things. In a subgraph, an entity that came as a representation has its external
 * fields from there and nowhere else: what the gateway did not send, or sent wrongly, shows in the answer.
 */
function attach(
  schema: GraphQLSchema,
  universe: Universe,
  things: readonly Thing[],
  external: ReadonlySet<string> | undefined,
): void {
  const roots = universe.roots(things);
  const rootTypes = [schema.getQueryType(), schema.getMutationType()];
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    if (isAbstractType(type)) type.resolveType = (thing: Thing) => thing.__typename;
    if (!isObjectType(type)) continue;
    const isRoot = rootTypes.includes(type);
    for (const field of Object.values(type.getFields())) {
      if (field.name === '_entities' || field.name === '_service') continue;
      const compute = universe.computed?.[`${type.name}.${field.name}`];
      field.resolve = (of: Record<string, unknown>, args: Record<string, unknown>) => {
        const value = isRoot ? roots[field.name] : (compute ?? of[field.name]);
        return typeof value === 'function' ? (value as Compute)(of, args) : value;
      };
    }
    if (external) resolveReferences(type, things, external);
  }
}

function resolveReferences(type: GraphQLObjectType, things: readonly Thing[], external: ReadonlySet<string>): void {
  const apollo = (type.extensions['apollo'] ?? {}) as { subgraph?: object };
  const resolveReference = (reference: Record<string, unknown>) => {
    const found = things.find((thing) => fits(thing, reference, type.name, external));
    if (!found) return null;
    const own: Record<string, unknown> = { ...found };
    for (const name of external) {
      const [owner, field] = name.split('.') as [string, string];
      if (owner === type.name) own[field] = reference[field];
    }
    own['__typename'] = type.name;
    return own;
  };
  type.extensions = { ...type.extensions, apollo: { ...apollo, subgraph: { ...apollo.subgraph, resolveReference } } };
}

/** True where a thing is the one that a representation means: all that was sent, and is the thing's to say, agrees. */
function fits(thing: Thing, reference: Record<string, unknown>, type: string, external: ReadonlySet<string>): boolean {
  const kinds = (thing['kinds'] as readonly string[] | undefined) ?? [];
  if (thing.__typename !== type && !kinds.includes(type)) return false;
  return Object.entries(reference).every(([name, value]) => {
    if (name === '__typename' || external.has(`${type}.${name}`)) return true;
    return agrees(thing[name], value);
  });
}

function agrees(known: unknown, sent: unknown): boolean {
  if (sent === null || known === null || typeof sent !== 'object' || typeof known !== 'object') return known === sent;
  if (Array.isArray(sent))
    return Array.isArray(known) && sent.length === known.length && sent.every((item, i) => agrees(known[i], item));
  return Object.entries(sent).every(
    ([name, value]) => name === '__typename' || agrees((known as Record<string, unknown>)[name], value),
  );
}
