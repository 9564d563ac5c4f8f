import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { StartError } from '@linli/kit/errors';
import type { JSONValue } from 'json-p3';
import { z } from 'zod';
import { applyOverlay } from './overlay.js';
import { argument, entities, enumType, graphqlName, objectType, operationFields, propertyField } from './vocabulary.js';
import type { Argument, Entities, EnumType, ObjectType, OperationField, PropertyField } from './vocabulary.js';

/** A schema of OpenAPI (JSON Schema), as far as it is looked at. */
export interface RawSchema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly description?: string;
  readonly items?: RawSchema;
  readonly nullable?: boolean;
  readonly properties?: Readonly<Record<string, RawSchema>>;
  readonly [key: string]: unknown;
}

export interface Parameter {
  readonly name: string;
  readonly in: 'path' | 'query';
  readonly description: string;
  readonly schema: RawSchema;
  readonly linli: Argument;
}

/** An operation that answers fields of the graph. */
export interface Operation {
  readonly id: string;
  readonly summary: string;
  readonly parameters: readonly Parameter[];
  readonly answer: RawSchema;
  readonly fields: readonly OperationField[];
}

/** A named schema of an object that is published. */
export interface PublishedObject {
  readonly name: string;
  readonly description: string;
  readonly linli: ObjectType;
  readonly properties: ReadonlyMap<string, { readonly raw: RawSchema; readonly linli: PropertyField }>;
}

export interface PublishedEnum {
  readonly name: string;
  readonly description: string;
  readonly linli: EnumType;
}

/** What a REST system offers, and what of it is published how. */
export interface Description {
  readonly title: string;
  /** The OpenAPI document under its overlay. */
  readonly document: Readonly<Record<string, JSONValue>>;
  readonly operations: ReadonlyMap<string, Operation>;
  readonly objects: ReadonlyMap<string, PublishedObject>;
  readonly enums: ReadonlyMap<string, PublishedEnum>;
  readonly entities: Entities;
}

const anything = z.record(z.string(), z.unknown());
const documentShape = z.looseObject({
  openapi: z.string().regex(/^3\.[01]\.\d+$/, 'must be 3.0.x or 3.1.x'),
  info: z.looseObject({ title: z.string() }),
  paths: z.record(z.string(), anything),
  components: z.looseObject({ schemas: z.record(z.string(), anything).optional() }).optional(),
  'x-linli-entities': entities.optional(),
});

/**
 * Reads a REST system's OpenAPI document and the overlay over it.
 * @throws StartError naming the file and the place that is wrong
 */
export function readDescription(files: { readonly openapi: string; readonly overlay: string }): Description {
  const name = basename(files.openapi);
  const document = applyOverlay(json(files.openapi) as JSONValue, json(files.overlay), basename(files.overlay));
  const read = documentShape.safeParse(document);
  if (!read.success) throw wrong(name, read.error);
  const reader = new Reader(name, document as Record<string, JSONValue>);
  const objects = new Map<string, PublishedObject>();
  const enums = new Map<string, PublishedEnum>();
  for (const [key, schema] of Object.entries(read.data.components?.schemas ?? {})) {
    const at = `components.schemas.${key}`;
    const description = typeof schema['description'] === 'string' ? schema['description'] : '';
    if ('x-linli-type' in schema) {
      const linli = reader.extension(objectType, schema['x-linli-type'], `${at}.x-linli-type`);
      const properties = Object.entries((schema as RawSchema).properties ?? {}).map(([property, raw]) => {
        const own = reader.extension(propertyField, raw['x-linli-field'] ?? {}, `${at}.properties.${property}`);
        return [property, { raw, linli: own }] as const;
      });
      const published = linli.name ?? key;
      objects.set(published, { name: published, description, linli, properties: new Map(properties) });
    } else if ('x-linli-enum' in schema) {
      const linli = reader.extension(enumType, schema['x-linli-enum'], `${at}.x-linli-enum`);
      enums.set(linli.name ?? key, { name: linli.name ?? key, description, linli });
    }
  }
  const operations = new Map<string, Operation>();
  for (const [path, item] of Object.entries(read.data.paths)) {
    for (const [method, operation] of Object.entries(item)) {
      if (typeof operation !== 'object' || operation === null || !('x-linli-fields' in operation)) continue;
      if (method !== 'get') throw new StartError(`${name}: ${method} ${path} cannot answer fields; only get can.`);
      const found = reader.operation(path, item, operation);
      operations.set(found.id, found);
    }
  }
  if (operations.size === 0) throw new StartError(`${name}: no operation has x-linli-fields, so nothing is published.`);
  const { info, 'x-linli-entities': others = {} } = read.data;
  return {
    title: info.title,
    document: document as Record<string, JSONValue>,
    operations,
    objects,
    enums,
    entities: others,
  };
}

class Reader {
  constructor(
    private readonly name: string,
    private readonly document: Record<string, JSONValue>,
  ) {}

  extension<Shape extends z.ZodType>(shape: Shape, value: unknown, at: string): z.infer<Shape> {
    const read = shape.safeParse(value);
    if (!read.success) throw wrong(`${this.name}: ${at}`, read.error);
    return read.data;
  }

  operation(path: string, item: Record<string, unknown>, operation: Record<string, unknown>): Operation {
    const at = `get ${path}`;
    const id = this.extension(graphqlName, operation['operationId'], `${at}: operationId`);
    const listed = [item['parameters'], operation['parameters']].flatMap((each) => (each ?? []) as unknown[]);
    const parameters = listed.map((each): Parameter => {
      const parameter = this.resolve(each as Record<string, unknown>) as Partial<Parameter> & Record<string, unknown>;
      const { name = '', in: place, description = '', schema } = parameter;
      if ((place !== 'path' && place !== 'query') || !schema) {
        throw new StartError(`${this.name}: ${at}: the parameter ${name} must be in path or query, and have a schema.`);
      }
      this.extension(graphqlName, name, `${at}: parameter`);
      const linli = this.extension(argument, parameter['x-linli-argument'] ?? {}, `${at}: parameter ${name}`);
      return { name, in: place, description, schema: this.resolve(schema) as RawSchema, linli };
    });
    const responses = (operation['responses'] ?? {}) as Record<string, Record<string, unknown>>;
    const success = this.resolve(responses['200'] ?? {}) as { content?: Record<string, { schema?: RawSchema }> };
    const answer = success.content?.['application/json']?.schema;
    if (!answer) throw new StartError(`${this.name}: ${at} must describe its answer 200 in application/json.`);
    return {
      id,
      summary: typeof operation['summary'] === 'string' ? operation['summary'] : '',
      parameters,
      answer,
      fields: this.extension(operationFields, operation['x-linli-fields'], `${at}: x-linli-fields`),
    };
  }

  /** What a reference within the document points to; anything else itself. */
  private resolve(value: Record<string, unknown>): unknown {
    const reference = value['$ref'];
    if (typeof reference !== 'string') return value;
    const steps = reference.split('/').map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
    const found = steps
      .slice(1)
      .reduce<unknown>((at, step) => (at as Record<string, unknown> | undefined)?.[step], this.document);
    if (steps[0] !== '#' || found === undefined) throw new StartError(`${this.name}: there is no ${reference}.`);
    return found;
  }
}

function json(file: string): unknown {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new StartError(`${file} cannot be read as JSON: ${(error as Error).message}`);
  }
}

function wrong(place: string, error: z.ZodError): StartError {
  const [issue] = error.issues;
  return new StartError(`${place}: ${issue!.path.join('.') || 'it'}: ${issue!.message}.`);
}
