import type { DocumentNode } from 'graphql';
import { Kind, parse, visit } from 'graphql';
import { departments } from '@linli/schema/departments';
import { schemaFile, subgraphSdl } from '@linli/schema/files';
import { readPolicyTexts } from '../../../src/policy/cedar/policies.js';
import { compose } from '../../support/hub.js';
import { Subgraph } from '../../support/subgraph.js';
import { InProcessGateway } from '../support/in-process.js';
import { City } from './city.js';
import { HubRows } from './hub-rows.js';
import { readProtections, type Protections } from './protection.js';
import type { Thing } from './rows.js';

/** The hub's own contracts and policies, with departments that answer whatever is true at the moment. */
export interface Hub {
  readonly city: City;
  readonly rows: HubRows;
  readonly protections: Protections;
  /** All policies as one text. */
  readonly policies: string;
}

export async function openHub(): Promise<Hub> {
  const contracts = Object.fromEntries(departments.map((department) => [department, subgraphSdl(department)]));
  const protections = readProtections(contracts);
  const policies = readPolicyTexts(schemaFile('policies'));
  let city: City | undefined = undefined;
  const find = (representation: Readonly<Record<string, unknown>>): Thing | undefined =>
    [...city!.truth!.byKey.values()].find((row) => matches(row, representation));
  const keys = new Map<string, ReadonlySet<string>>();
  const started = await Promise.all(
    Object.entries(contracts).map(([department, sdl]) => {
      const document = parse(sdl);
      const own = keysIn(document);
      for (const [type, names] of own) keys.set(type, new Set([...(keys.get(type) ?? []), ...names]));
      const roots = fieldsOf(document, 'Query').map((name) => [name, () => city!.truth!.root[name]]);
      const Query = { ...(Object.fromEntries(roots) as Record<string, () => unknown>) };
      if ('standing' in Query) Query['standing'] = () => city!.standing;
      const entities = [...own.keys()].map((type) => [type, { __resolveReference: find }]);
      return Subgraph.start(department, sdl, {
        ...(Object.fromEntries(entities) as Parameters<typeof Subgraph.start>[2]),
        ...(Object.keys(Query).length > 0 && { Query }),
      });
    }),
  );
  try {
    city = new City(started, await InProcessGateway.open(compose(started), policies));
  } catch (error) {
    await Promise.all(started.map((department) => department.close()));
    throw error;
  }
  const schemas = started.map(({ schema }) => schema);
  return {
    city,
    rows: new HubRows(schemas, keys, protections),
    protections,
    policies: Object.values(policies).join('\n'),
  };
}

/** Whether a row is what a representation stands for: everything that is said of it is so. */
function matches(row: unknown, said: unknown): boolean {
  if (Array.isArray(said)) return Array.isArray(row) && said.every((each, i) => matches(row[i], each));
  if (typeof said !== 'object' || said === null) return row === said;
  if (typeof row !== 'object' || row === null) return false;
  return Object.entries(said).every(([name, value]) => matches((row as Record<string, unknown>)[name], value));
}

/** Fields that keys name, by type; of a key in another object, the field that leads there. */
function keysIn(document: DocumentNode): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  for (const definition of document.definitions) {
    if (definition.kind !== Kind.OBJECT_TYPE_DEFINITION && definition.kind !== Kind.OBJECT_TYPE_EXTENSION) continue;
    for (const directive of definition.directives ?? []) {
      const fields = directive.arguments?.find(({ name }) => name.value === 'fields')?.value;
      if (directive.name.value !== 'key' || fields?.kind !== Kind.STRING) continue;
      const names = keys.get(definition.name.value) ?? new Set<string>();
      visit(parse(`{ ${fields.value} }`), {
        Field: ({ name }) => {
          names.add(name.value);
          return false;
        },
      });
      keys.set(definition.name.value, names);
    }
  }
  return keys;
}

function fieldsOf(document: DocumentNode, type: string): string[] {
  return document.definitions.flatMap((definition) =>
    (definition.kind === Kind.OBJECT_TYPE_DEFINITION || definition.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    definition.name.value === type
      ? (definition.fields ?? []).map(({ name }) => name.value)
      : [],
  );
}
