import type { GraphQLField, GraphQLSchema } from 'graphql';
import { loadGraphQLSchemaFromOpenAPI } from '@omnigraph/openapi';
import { StartError } from '@linli/kit/errors';
import type { Description } from '../description/read.js';

/** How the library asks: it hands on the context of the field that is resolved. */
export type Fetch = (url: string, init?: object, context?: object) => Promise<Response>;

/** What limits a value and is checked elsewhere: the library would make scalars of its own of them. */
const limits = new Set([
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'pattern',
  'minLength',
  'maxLength',
  'default',
  'example',
  'examples',
]);
const formats = new Set(['date', 'date-time']);
/** Keywords below which stand names, not keywords. */
const ofNames = new Set(['properties', 'schemas', 'parameters', 'responses']);

/** The library says nothing: what it would say holds bodies. */
const silent = {
  log() {},
  warn() {},
  info() {},
  error() {},
  debug() {},
  child: () => silent,
};

/** GraphQL types of a REST system, with one field of `Query` for each operation, which asks the system by `fetch`. */
export async function loadLibrarySchema(
  description: Description,
  endpoint: string,
  fetch: Fetch,
): Promise<GraphQLSchema> {
  try {
    return await loadGraphQLSchemaFromOpenAPI('rest', {
      // The option is typed as a file's name; a document is taken as well.
      source: prepared(description) as string,
      cwd: process.cwd(),
      endpoint,
      fetch: fetch as never,
      logger: silent,
    });
  } catch (error) {
    throw new StartError(`The description of ${description.title} cannot be made a graph: ${(error as Error).message}`);
  }
}

/** The library's field of an operation. */
export function libraryField(schema: GraphQLSchema, operation: string): GraphQLField<unknown, unknown> {
  const field = schema.getQueryType()?.getFields()[operation];
  if (!field)
    throw new StartError(`The operation ${operation} has no field of that name; give it another operationId.`);
  return field;
}

/** The document as the library shall see it: published operations, successful answers, published names, no limits. */
function prepared({ document, operations }: Description): unknown {
  const copy = structuredClone(document) as Record<string, Record<string, Record<string, unknown>>>;
  for (const item of Object.values(copy['paths']!)) {
    for (const [method, operation] of Object.entries(item) as [string, Record<string, unknown>][]) {
      if (typeof operation['operationId'] !== 'string') continue;
      if (!operations.has(operation['operationId'])) delete item[method];
      else operation['responses'] = { 200: (operation['responses'] as Record<string, unknown>)['200'] };
    }
  }
  for (const [key, schema] of Object.entries(copy['components']?.['schemas'] ?? {})) {
    const { 'x-linli-type': type, 'x-linli-enum': values } = schema as Record<string, { name?: string } | undefined>;
    (schema as { title?: string }).title = type?.name ?? values?.name ?? key;
  }
  return withoutLimits(copy, false);
}

function withoutLimits(value: unknown, named: boolean): unknown {
  if (Array.isArray(value)) return value.map((each) => withoutLimits(each, false));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => named || !(limits.has(key) || (key === 'format' && !formats.has(String(inner)))))
      .filter(([key]) => named || !key.startsWith('x-linli-'))
      .map(([key, inner]) => [key, withoutLimits(inner, !named && ofNames.has(key))]),
  );
}
