import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { apiFile, supergraphFile } from '@linli/schema/files';
import { subgraphs } from '@linli/schema/platforms';
import type { SubgraphName } from '@linli/schema/platforms';
import { counted } from '../counted.js';
import { badOption, compositionFailed, contractStale, lintFailed, supergraphStale } from '../errors.js';
import type { CatalogueFilter } from '../schema/catalogue.js';
import { contractFiles, readContract } from '../schema/contracts.js';
import type { Contract } from '../schema/contracts.js';
import { formatProblem } from '../schema/problem.js';
import type { Problem } from '../schema/problem.js';

export interface ComposeOptions {
  readonly check?: boolean;
  readonly json?: boolean;
  readonly only?: readonly SubgraphName[];
  readonly output?: string;
}

/**
 * `linli schema compose`: writes the platforms' contracts, the supergraph and the API schema, or with `check` compares
 * them with the committed ones.
 */
export async function schemaCompose({ check = false, json = false, only, output }: ComposeOptions): Promise<void> {
  if (only && output === undefined) {
    throw badOption(
      '--only composes a part of the graph, which must not replace the whole: name a file with --output.',
    );
  }
  // What goes elsewhere changes nothing here.
  const generated =
    output === undefined ? await (await import('../schema/platform-contracts.js')).platformContracts() : [];
  for (const { file, text } of generated) update(file, text, check, contractStale);
  const { apiOf, compose } = await import('../schema/compose.js');
  const read = readAll(only ?? subgraphs);
  const result =
    read.problems.length > 0 ? { problems: read.problems } : compose(read.contracts, readAll(subgraphs).contracts);
  if (result.problems) {
    show(result.problems, json);
    throw compositionFailed(result.problems.length);
  }
  const written =
    output === undefined
      ? [
          update(supergraphFile, result.supergraph, check, supergraphStale),
          update(apiFile, apiOf(result), check, supergraphStale),
        ]
      : [update(resolve(output), result.supergraph, check, supergraphStale)];
  if (json) {
    const files = written.map(({ file }) => file);
    console.log(JSON.stringify({ files, departments: read.contracts.map(({ department }) => department) }));
  } else {
    for (const { file, changed } of written) {
      console.log(`${file} ${changed ? 'written' : 'is up to date'}: ${counted(read.contracts.length, 'contract')}.`);
    }
  }
}

function update(
  file: string,
  text: string,
  check: boolean,
  stale: (file: string) => Error,
): { file: string; changed: boolean } {
  const changed = !existsSync(file) || readFileSync(file, 'utf8') !== text;
  if (changed && check) throw stale(file);
  if (changed) writeFileSync(file, text);
  return { file, changed };
}

export type LintOptions = Pick<ComposeOptions, 'json' | 'only'>;

/** `linli schema lint`: the house rules for contracts. */
export async function schemaLint({ json = false, only }: LintOptions): Promise<void> {
  const { lint } = await import('../schema/lint.js');
  const read = readAll(only ?? subgraphs);
  const problems = [...read.problems, ...lint(read.contracts)];
  show(problems, json);
  if (problems.length > 0) throw lintFailed(problems.length);
  if (!json) console.log(`The house rules are kept in ${counted(read.contracts.length, 'contract')}.`);
}

export interface ClassifyOptions extends CatalogueFilter {
  readonly json?: boolean;
  readonly csv?: boolean;
}

/** `linli schema classify`: the catalogue of every field and how it is classified. */
export async function schemaClassify({ json = false, csv = false, ...filter }: ClassifyOptions): Promise<void> {
  const { compose } = await import('../schema/compose.js');
  const { catalogue, catalogueCsv, catalogueTable } = await import('../schema/catalogue.js');
  const read = readAll(subgraphs);
  const result = read.problems.length > 0 ? { problems: read.problems } : compose(read.contracts);
  if (result.problems) {
    show(result.problems, json);
    throw compositionFailed(result.problems.length);
  }
  const entries = catalogue(result.classification, filter);
  if (json) console.log(JSON.stringify(entries, null, 2));
  else console.log(csv ? catalogueCsv(entries) : catalogueTable(entries));
}

function readAll(wanted: readonly SubgraphName[]): { contracts: Contract[]; problems: Problem[] } {
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
