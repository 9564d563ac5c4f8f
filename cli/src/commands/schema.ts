import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { departments } from '@linli/schema/departments';
import type { Department } from '@linli/schema/departments';
import { supergraphFile } from '@linli/schema/files';
import { compositionFailed, lintFailed, supergraphStale } from '../errors.js';
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

/** `linli schema compose`: writes the supergraph, or with `check` compares it with the committed one. */
export function schemaCompose({ check = false, json = false, only, output }: ComposeOptions): void {
  const file = output === undefined ? supergraphFile : resolve(output);
  const read = readAll(only ?? departments);
  const result = read.problems.length > 0 ? { problems: read.problems } : compose(read.contracts);
  if (result.problems) {
    show(result.problems, json);
    throw compositionFailed(result.problems.length);
  }
  const current = existsSync(file) ? readFileSync(file, 'utf8') : undefined;
  if (check && current !== result.supergraph) throw supergraphStale(file);
  if (current !== result.supergraph) writeFileSync(file, result.supergraph);
  const what = check || current === result.supergraph ? 'is up to date' : 'written';
  if (json) console.log(JSON.stringify({ file, departments: read.contracts.map(({ department }) => department) }));
  else console.log(`${file} ${what}: ${read.contracts.length} departments.`);
}

export type LintOptions = Pick<ComposeOptions, 'json' | 'only'>;

/** `linli schema lint`: the house rules for contracts. */
export function schemaLint({ json = false, only }: LintOptions): void {
  const read = readAll(only ?? departments);
  const problems = [...read.problems, ...lint(read.contracts)];
  show(problems, json);
  if (problems.length > 0) throw lintFailed(problems.length);
  if (!json) console.log(`The contracts of ${read.contracts.length} departments keep the house rules.`);
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
