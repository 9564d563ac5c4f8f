import { SubgraphFault, type ResponseError } from '../errors.js';
import type { BatchFetchNode, FetchNode, PathSegment, RequiresSelection, Rewrite } from '../planning/plan.js';
import { fetchFields } from './fetch-text.js';
import { clientPath, isAsked, type Path } from './locate.js';
import { merge, mergeCode, type Data } from './merge.js';
import type { Step } from './run.js';
import { compileIdentity, compileRepresentation } from './representations.js';
import { compileRewrites } from './rewrites.js';
import type { FetchAnswer, Run } from './run.js';
import type { Subtypes } from './subtypes.js';
import { compilePath, compileVisit, walk } from './targets.js';

/** Errors of one fetch at the most: an answer with a thousand wrong items says the same a thousand times. */
const maxErrors = 100;

/** A fetch of root fields. */
export function rootFetch(node: FetchNode, subtypes: Subtypes): Step {
  const body = bodyWriter(node.operation, node.variableUsages ?? []);
  const { root } = fetchFields(node.operation);
  const mergeRoot = compileMerge(root, subtypes);
  const rewrite = compileRewrites(node.outputRewrites, subtypes);
  const mutation = node.operationKind === 'mutation';
  return async (run) => {
    let answer: FetchAnswer;
    try {
      answer = await run.send(node.serviceName, body(run, ''), undefined, mutation);
    } catch (fault) {
      const error = faultError(fault);
      for (const name of root) reportAt(run, error, [name]);
      return;
    }
    const { data, errors } = answer;
    if (data) {
      rewrite?.(data);
      mergeRoot(run.data, data);
    }
    for (const error of errors?.slice(0, maxErrors) ?? []) {
      // A department that refuses the whole request names no place: it is all that was asked of it.
      if (error.path || data) report(run, error, clientPath(error.path ?? [], run.shape));
      else for (const name of root) reportAt(run, error, [name]);
    }
  };
}

/** A fetch of entities at the end of one path. */
export function entityFetch(node: FetchNode, path: readonly PathSegment[], subtypes: Subtypes): Step {
  const group = entityGroup(
    '_entities',
    'representations',
    [path],
    node.requires ?? [],
    node.inputRewrites,
    node.outputRewrites,
    subtypes,
  );
  return entitiesStep(node, [group], subtypes);
}

/** A fetch of entities of several kinds and paths in one request. */
export function batchFetch(node: BatchFetchNode, subtypes: Subtypes): Step {
  const groups = node.entityBatch.aliases.map((each) =>
    entityGroup(
      each.alias,
      each.representationsVariableName,
      each.paths,
      each.requires,
      each.inputRewrites,
      each.outputRewrites,
      subtypes,
    ),
  );
  return entitiesStep(node, groups, subtypes);
}

/** Entities asked for under one alias of `_entities`. */
interface EntityGroup {
  alias: string;
  variable: string;
  /** Finds the entities in the data and writes each different representation once. */
  collect(run: Run): Collected;
  /** Where the entities stand, for errors. */
  places(run: Run): Iterable<{ entity: Data; path: Path }>;
  rewrite: ((value: unknown) => void) | undefined;
}

interface Collected {
  /** Different representations as JSON text. */
  representations: string[];
  entities: Data[];
  /** For each entity, which representation is its own. */
  slots: number[];
}

function entityGroup(
  alias: string,
  variable: string,
  paths: readonly (readonly PathSegment[])[],
  requires: readonly RequiresSelection[],
  inputRewrites: readonly Rewrite[] | undefined,
  outputRewrites: readonly Rewrite[] | undefined,
  subtypes: Subtypes,
): EntityGroup {
  const compiled = paths.map((path) => compilePath(path, subtypes));
  const visits = compiled.map(compileVisit);
  const represent = compileRepresentation(requires, inputRewrites, subtypes);
  const identify = compileIdentity(requires, subtypes) ?? represent;
  return {
    alias,
    variable,
    collect(run) {
      const collected: Collected = { representations: [], entities: [], slots: [] };
      const { representations, entities, slots } = collected;
      const known = new Map<unknown, number>();
      const found = (entity: Data) => {
        // A hundred entities are often ten: only a new one is worth its text.
        const identity = identify(entity);
        if (identity === undefined) return;
        let slot = known.get(identity);
        if (slot === undefined) {
          const text = represent(entity);
          if (text === undefined) return;
          known.set(identity, (slot = representations.push(text) - 1));
        }
        entities.push(entity);
        slots.push(slot);
      };
      for (const visit of visits) visit(run.data, found);
      return collected;
    },
    *places(run) {
      for (const path of compiled) yield* walk(run.data, path);
    },
    rewrite: compileRewrites(outputRewrites, subtypes),
  };
}

function entitiesStep(node: FetchNode | BatchFetchNode, groups: readonly EntityGroup[], subtypes: Subtypes): Step {
  const body = bodyWriter(
    node.operation,
    (node.variableUsages ?? []).filter((name) => !groups.some((group) => group.variable === name)),
  );
  const fields = fetchFields(node.operation).entities;
  const merges = groups.map(({ alias }) => compileMerge(fields.get(alias) ?? [], subtypes));
  const mutation = node.operationKind === 'mutation';
  return async (run) => {
    const all = groups.map((group) => group.collect(run));
    let count = 0;
    let representations = '';
    for (let i = 0; i < all.length; i++) {
      count += all[i]!.representations.length;
      representations += `${i > 0 ? ',' : ''}"${groups[i]!.variable}":[${all[i]!.representations.join(',')}]`;
    }
    if (count === 0) return;
    const expected = groups.map(({ alias }, i) => ({ alias, count: all[i]!.representations.length }));
    let answer: FetchAnswer;
    try {
      answer = await run.send(node.serviceName, body(run, representations), expected, mutation);
    } catch (fault) {
      const error = faultError(fault);
      groups.forEach((group, i) => reportGroup(run, error, group, all[i]!, fields.get(group.alias) ?? []));
      return;
    }
    if (answer.errors) {
      const [whole, located] = partition(answer.errors, (error) => !error.path && !answer.data);
      for (const error of whole) {
        groups.forEach((group, i) => reportGroup(run, error, group, all[i]!, fields.get(group.alias) ?? []));
      }
      locateErrors(run, located, groups, all);
    }
    if (!answer.data) return;
    for (let g = 0; g < groups.length; g++) {
      const found = answer.data[groups[g]!.alias];
      if (!Array.isArray(found)) continue;
      groups[g]!.rewrite?.(found);
      const { entities, slots } = all[g]!;
      for (let i = 0; i < entities.length; i++) {
        const more = found[slots[i]!] as unknown;
        if (more !== null && typeof more === 'object') merges[g]!(entities[i]!, more as Data);
      }
    }
  };
}

type Merge = (known: Data, more: Data) => void;

function compileMerge(names: readonly string[], subtypes: Subtypes): Merge {
  // Written once for a plan; names come from the plan's own operation through JSON.stringify.
  // eslint-disable-next-line @typescript-eslint/no-implied-eval
  const make = new Function('merge', 'abstract', `return ${mergeCode(names, 'merge', 'abstract')};`) as (
    each: typeof merge,
    abstract: (type: string) => boolean,
  ) => Merge;
  return make(merge, (type) => subtypes.fitting(type).length > 1);
}

/** Writes a fetch's body: everything but representations and variables is text from the start. */
function bodyWriter(
  operation: string,
  variableNames: readonly string[],
): (run: Run, representations: string) => string {
  const head = `{"query":${JSON.stringify(operation)},"variables":{`;
  return ({ variables }, representations) => {
    let body = head + representations;
    let separator = representations === '' ? '' : ',';
    for (const name of variableNames) {
      const value = variables[name];
      if (value === undefined) continue;
      body += `${separator}${JSON.stringify(name)}:${JSON.stringify(value)}`;
      separator = ',';
    }
    return `${body}}}`;
  };
}

function report(run: Run, error: ResponseError, path: Path): void {
  const { path: _, ...rest } = error;
  run.errors.push({ ...rest, ...(path.length && { path }) });
}

/** Reports an error at an internal path, if the client asked for what is there. */
function reportAt(run: Run, error: ResponseError, internal: Path): boolean {
  const asked = isAsked(internal, run.shape);
  if (asked) report(run, error, clientPath(internal, run.shape));
  return asked;
}

/** One error for each field that the client misses, at the first place where it is missing. */
function reportGroup(
  run: Run,
  error: ResponseError,
  group: EntityGroup,
  { entities }: Collected,
  names: readonly string[],
): void {
  const counted =
    entities.length > 1 ? { ...error, extensions: { ...error.extensions, entities: entities.length } } : error;
  const wanted = new Set(entities);
  for (const { entity, path } of group.places(run)) {
    if (!wanted.has(entity)) continue;
    const reported = names.map((name) => reportAt(run, counted, [...path, name]));
    if (!reported.includes(true)) report(run, counted, clientPath(path, run.shape));
    return;
  }
}

/** A fault of a department as an error of the response; what else was thrown is no answer to anybody. */
function faultError(fault: unknown): ResponseError {
  if (!(fault instanceof SubgraphFault)) throw fault;
  return { message: fault.message, extensions: { code: fault.code, service: fault.service } };
}

function partition<T>(items: readonly T[], first: (item: T) => boolean): [T[], T[]] {
  return [items.filter(first), items.filter((item) => !first(item))];
}

/** Puts a subgraph's errors about entities where these stand in the client's response. */
function locateErrors(
  run: Run,
  errors: readonly ResponseError[],
  groups: readonly EntityGroup[],
  all: readonly Collected[],
): void {
  let left = maxErrors;
  for (const error of errors) {
    const [alias, slot, ...rest] = error.path ?? [];
    const g = groups.findIndex((group) => group.alias === alias);
    if (g < 0 || typeof slot !== 'number') {
      if (left-- > 0) report(run, error, []);
      continue;
    }
    const concerned = new Set(all[g]!.entities.filter((_, i) => all[g]!.slots[i] === slot));
    for (const { entity, path } of groups[g]!.places(run)) {
      if (!concerned.has(entity) || left-- <= 0) continue;
      report(run, error, clientPath([...path, ...rest], run.shape));
    }
  }
}
