import type { PathSegment } from '../planning/plan.js';
import type { Data } from './merge.js';
import type { Subtypes } from './subtypes.js';

/** Calls back for every object at the end of a path, in the order of the data. */
export type Visit = (data: Data, found: (entity: Data) => void) => void;

type Step = { field: string } | { types: ReadonlySet<string> } | 'items';

/** Steps of a Flatten path; type conditions with the types that fit them. */
export function compilePath(path: readonly PathSegment[], subtypes: Subtypes): readonly Step[] {
  return path.map((segment) => {
    if (segment === '@') return 'items';
    if ('Field' in segment) return { field: segment.Field };
    return { types: new Set(segment.TypeCondition.flatMap((type) => subtypes.fitting(type))) };
  });
}

/** Code for one path: loops inside loops, no look at the path while running. */
export function compileVisit(steps: readonly Step[]): Visit {
  const sets: ReadonlySet<string>[] = [];
  let depth = 0;
  const code = (at: number, v: string): string => {
    const step = steps[at];
    if (step === undefined)
      return `if (typeof ${v} === 'object' && ${v} !== null) { if (Array.isArray(${v})) each(${v}, found); else found(${v}); }`;
    const next = `v${++depth}`;
    if (step === 'items') {
      const list = `l${depth}`;
      return `if (Array.isArray(${v})) { const ${list} = flat(${v}); for (let i = 0; i < ${list}.length; i++) { const ${next} = ${list}[i]; ${code(at + 1, next)} } }`;
    }
    if ('field' in step) {
      return `if (typeof ${v} === 'object' && ${v} !== null) { const ${next} = ${v}[${JSON.stringify(step.field)}]; ${code(at + 1, next)} }`;
    }
    const set = `s${sets.push(step.types) - 1}`;
    return `if (typeof ${v} === 'object' && ${v} !== null && (${v}.__typename === undefined || ${set}.has(${v}.__typename))) { ${code(at + 1, v)} }`;
  };
  const body = `return function (data, found) { ${code(0, 'data')} };`;
  // Written once for a plan; field names come from the supergraph through JSON.stringify.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('each', 'flat', ...sets.map((_, i) => `s${i}`), body) as (...values: unknown[]) => Visit;
  return make(each, flat, ...sets);
}

/** One `@` of a path stands for all levels of a list of lists. */
function flat(items: readonly unknown[]): readonly unknown[] {
  return items.some(Array.isArray) ? items.flat(Infinity) : items;
}

function each(items: readonly unknown[], found: (entity: Data) => void): void {
  for (const item of items) {
    if (Array.isArray(item)) each(item, found);
    else if (item !== null && typeof item === 'object') found(item as Data);
  }
}

/** Every object at the end of a path with the way to it, for error messages. */
export function* walk(data: unknown, steps: readonly Step[]): Generator<{ entity: Data; path: (string | number)[] }> {
  function* go(
    value: unknown,
    at: number,
    path: (string | number)[],
  ): Generator<{ entity: Data; path: (string | number)[] }> {
    if (value === null || typeof value !== 'object') return;
    const step = steps[at];
    if (Array.isArray(value)) {
      const next = step === 'items' ? at + 1 : at;
      for (const [i, item] of value.entries()) yield* go(item, next, [...path, i]);
    } else if (step === undefined) yield { entity: value as Data, path };
    else if (step === 'items') return;
    else if ('field' in step) yield* go((value as Data)[step.field], at + 1, [...path, step.field]);
    else {
      const type = (value as Data)['__typename'];
      if (type === undefined || step.types.has(type as string)) yield* go(value, at + 1, path);
    }
  }
  yield* go(data, 0, []);
}
