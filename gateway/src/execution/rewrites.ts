import type { Rewrite } from '../planning/plan.js';
import type { Data } from './merge.js';
import type { Subtypes } from './subtypes.js';

/** Changes a value in place. */
export type Apply = (value: unknown) => void;

/** The rewrites of a fetch, of its representations (input) or its answer (output), as one function; undefined for none. */
export function compileRewrites(
  rewrites: readonly Rewrite[] | undefined | null,
  subtypes: Subtypes,
): Apply | undefined {
  if (!rewrites?.length) return undefined;
  const applied = rewrites.map((rewrite) => compileRewrite(rewrite, subtypes));
  return (value) => applied.forEach((apply) => apply(value));
}

function compileRewrite(rewrite: Rewrite, subtypes: Subtypes): Apply {
  const setter = 'ValueSetter' in rewrite ? rewrite.ValueSetter : 'setValueTo' in rewrite ? rewrite : undefined;
  if (setter) {
    return alongPath(setter.path, subtypes, (object, key) => {
      if (object[key] !== undefined) object[key] = setter.setValueTo;
    });
  }
  const { path, renameKeyTo } = (rewrite as Extract<Rewrite, { KeyRenamer: unknown }>).KeyRenamer;
  return alongPath(path, subtypes, (object, key) => {
    if (object[key] === undefined) return;
    object[renameKeyTo] = object[key];
    delete object[key];
  });
}

type RewritePath = Extract<Rewrite, { KeyRenamer: unknown }>['KeyRenamer']['path'];

/** Runs `change` at the end of a path of keys and type conditions, in every item of the lists on the way. */
function alongPath(path: RewritePath, subtypes: Subtypes, change: (object: Data, key: string) => void): Apply {
  const steps = path.map((segment) =>
    'Key' in segment
      ? { key: segment.Key, types: undefined }
      : { key: undefined, types: new Set(segment.TypenameEquals.flatMap((type) => subtypes.fitting(type))) },
  );
  const walk = (value: unknown, at: number): void => {
    if (Array.isArray(value)) return value.forEach((item) => walk(item, at));
    if (value === null || typeof value !== 'object') return;
    const object = value as Data;
    const step = steps[at]!;
    if (step.types) {
      const type = object['__typename'];
      if (type === undefined || step.types.has(type as string)) walk(object, at + 1);
    } else if (at === steps.length - 1) change(object, step.key);
    else walk(object[step.key], at + 1);
  };
  return (value) => walk(value, 0);
}
