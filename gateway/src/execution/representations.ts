import type { RequiresSelection, Rewrite } from '../planning/plan.js';
import type { Data } from './merge.js';
import { quote } from './quote.js';
import { compileRewrites } from './rewrites.js';
import type { Subtypes } from './subtypes.js';

/**
 * The representation of an entity as JSON text: its type's name and the fields that the subgraph needs. Undefined where
 * the entity is of another type, or a needed field was never fetched.
 */
export type Represent = (entity: Data) => string | undefined;

/** Makes the code for a fetch's `requires`. */
export function compileRepresentation(
  requires: readonly RequiresSelection[],
  rewrites: readonly Rewrite[] | undefined | null,
  subtypes: Subtypes,
): Represent {
  const byType = new Map<string, RequiresSelection[]>();
  for (const selection of requires) {
    if (selection.kind !== 'InlineFragment') throw new Error(`A plan requires a ${selection.kind} outside of a type.`);
    for (const type of subtypes.fitting(selection.typeCondition)) {
      byType.set(type, [...(byType.get(type) ?? []), ...selection.selections]);
    }
  }
  const rewrite = compileRewrites(rewrites, subtypes);
  const cases = [...byType].map(([type, selections]) => {
    // Rewrites of the type's name hold for every entity of the type, so they are made here, once.
    const typename = { __typename: type };
    rewrite?.(typename);
    return `case ${JSON.stringify(type)}: { ${fieldsCode(selections, typename.__typename)} }`;
  });
  const body = `return function (o) { let v, t; switch (o.__typename) { ${cases.join('\n')} default: return undefined; } };`;
  // Written once for a plan and run for every entity; names come from the supergraph through JSON.stringify.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('q', 'json', body) as (q: typeof quote, json: typeof JSON.stringify) => Represent;
  const represent = make(quote, JSON.stringify);
  if (!rewrites?.some((each) => !setsTypename(each))) return represent;
  return (entity) => {
    const text = represent(entity);
    if (text === undefined) return undefined;
    const representation: unknown = JSON.parse(text);
    rewrite!(representation);
    return JSON.stringify(representation);
  };
}

/**
 * What tells entities apart before their text is made: the one key field of the one type that a fetch asks for. Undefined
 * where it takes more than that; then the text itself is compared.
 */
export function compileIdentity(
  requires: readonly RequiresSelection[],
  subtypes: Subtypes,
): ((entity: Data) => unknown) | undefined {
  const [only] = requires;
  if (requires.length !== 1 || only?.kind !== 'InlineFragment') return undefined;
  const { typeCondition: type } = only;
  const [key, ...more] = [...fieldsOf(only.selections)].filter(([as]) => as !== '__typename');
  if (!key || more.length > 0 || key[1].selections || subtypes.fitting(type).length > 1) return undefined;
  const field = key[1].from;
  return (entity) => (entity['__typename'] === type ? entity[field] : undefined);
}

function setsTypename(rewrite: Rewrite): boolean {
  const path = 'ValueSetter' in rewrite ? rewrite.ValueSetter.path : 'path' in rewrite ? rewrite.path : [];
  const [last] = path.slice(-1);
  return path.length <= 2 && last !== undefined && 'Key' in last && last.Key === '__typename';
}

function fieldsCode(selections: readonly RequiresSelection[], typename: string): string {
  const lines = [`t = ${JSON.stringify(`{"__typename":${JSON.stringify(typename)}`)};`];
  for (const [as, { from, selections: below }] of fieldsOf(selections)) {
    if (as === '__typename') continue;
    lines.push(
      `v = o[${JSON.stringify(from)}]; if (v === undefined) return undefined;`,
      `t += ${JSON.stringify(`,${JSON.stringify(as)}:`)} + ${below ? `json(${selectCode(below, 'v')})` : scalarCode('v')};`,
    );
  }
  return `${lines.join(' ')} return t + '}';`;
}

function scalarCode(v: string): string {
  return `(typeof ${v} === 'string' ? q(${v}) : typeof ${v} === 'number' ? ${v} : json(${v}))`;
}

interface Required {
  from: string;
  selections: RequiresSelection[] | undefined;
}

/** Fields by the name they are sent under; the same field of several fragments once. */
function fieldsOf(selections: readonly RequiresSelection[]): Map<string, Required> {
  const fields = new Map<string, Required>();
  for (const selection of selections) {
    if (selection.kind === 'FragmentSpread') throw new Error('A plan requires a fragment spread.');
    if (selection.kind === 'InlineFragment') {
      for (const [as, field] of fieldsOf(selection.selections)) fields.set(as, field);
      continue;
    }
    const as = selection.alias ?? selection.name;
    const known = fields.get(as);
    const below = selection.selections?.length ? [...(known?.selections ?? []), ...selection.selections] : undefined;
    fields.set(as, { from: selection.name, selections: below });
  }
  return fields;
}

/** An expression that gives the required part of a value below the entity: objects, and lists of them. */
function selectCode(selections: readonly RequiresSelection[], v: string): string {
  const members = [...fieldsOf(selections)].map(([as, { from, selections: below }]) => {
    const value = `o[${JSON.stringify(from)}]`;
    return `${JSON.stringify(as)}: ${below ? selectCode(below, value) : value}`;
  });
  const pick = `(s = (o) => o === null || typeof o !== 'object' ? null : Array.isArray(o) ? o.map(s) : ({ ${members.join(', ')} }))`;
  return `((s) => ${pick})()(${v})`;
}
