import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { apiFile, supergraphFile } from '@linli/schema/files';
import { counted } from '../counted.js';
import { badOption, compositionFailed, lintFailed, supergraphStale } from '../errors.js';
import { catalogue, catalogueCsv, catalogueTable } from '../schema/catalogue.js';
import type { CatalogueFilter } from '../schema/catalogue.js';
import { compose } from '../schema/compose.js';
import { contractFiles, readContract } from '../schema/contracts.js';
import type { Contract } from '../schema/contracts.js';
import { lint } from '../schema/lint.js';
import { formatProblem } from '../schema/problem.js';
import type { Problem } from '../schema/problem.js';

export interface ComposeOptions {
  readonly check?: boolean;
  readonly json?: boolean;
  readonly only?: readonly Department[];
  readonly output?: string;
}

/** `linli schema compose`: writes the supergraph and the API schema, or with `check` compares them with the committed ones. */
export function schemaCompose({ check = false, json = false, only, output }: ComposeOptions): void {
  if (only && output === undefined) {
    throw badOption(
      '--only composes a part of the graph, which must not replace the whole: name a file with --output.',
    );
  }
  const read = readAll(only ?? departments);
  const result =
    read.problems.length > 0 ? { problems: read.problems } : compose(read.contracts, readAll(departments).contracts);
  if (result.problems) {
    show(result.problems, json);
    throw compositionFailed(result.problems.length);
  }
  const written =
    output === undefined
      ? [update(supergraphFile, result.supergraph, check), update(apiFile, result.api, check)]
      : [update(resolve(output), result.supergraph, check)];
  if (json) {
    const files = written.map(({ file }) => file);
    console.log(JSON.stringify({ files, departments: read.contracts.map(({ department }) => department) }));
  } else {
    for (const { file, changed } of written) {
      console.log(`${file} ${changed ? 'written' : 'is up to date'}: ${counted(read.contracts.length, 'department')}.`);
    }
  }
}

function update(file: string, text: string, check: boolean): { file: string; changed: boolean } {
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (changed && check) throw supergraphStale(file);
  if (changed) writeFileSync(file, text);
  return { file, changed };
}

export type LintOptions = Pick<ComposeOptions, 'json' | 'only'>;

/** `linli schema lint`: the house rules for contracts. */
export function schemaLint({ json = false, only }: LintOptions): void {
  const read = readAll(only ?? departments);
  const problems = [...read.problems, ...lint(read.contracts)];
  show(problems, json);
  if (problems.length > 0) throw lintFailed(problems.length);
  if (!json)
    console.log(`The house rules are kept in the contracts of ${counted(read.contracts.length, 'department')}.`);
}

export interface ClassifyOptions extends CatalogueFilter {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `linli schema classify`: the catalogue of every field and how it is classified. */
export function schemaClassify({ json = false, csv = false, ...filter }: ClassifyOptions): void {
  const read = readAll(departments);
  const result = read.problems.length > 0 ? { problems: read.problems } : compose(read.contracts);
  if (result.problems) {
    show(result.problems, json);
    throw compositionFailed(result.problems.length);
  }
  const entries = catalogue(result.supergraph, filter);
  if (json) console.log(JSON.stringify(entries, null, 2));
  else console.log(csv ? catalogueCsv(entries) : catalogueTable(entries));
}

function readAll(wanted: readonly Department[]): { contracts: Contract[]; problems: Problem[] } {
  const contracts: Contract[] = [];
  const problems: Problem[] = [];
  for (const department of wanted) {
    const read = readContract(department, contractFiles(department));
    if ('document' in read) contracts.push(read);
    else problems.push(...read);
  }
  return { contracts, problems };
}

function show(problems: readonly Problem[], json: boolean): void {
  if (json) console.log(JSON.stringify(problems, null, 2));
  else for (const problem of problems) console.error(`${formatProblem(problem)}\n`);
}
