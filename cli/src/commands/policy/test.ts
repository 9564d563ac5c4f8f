import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cedarSchema } from '@linli/gateway/policy/cedar/schema';
import { counted } from '../../counted.js';
import { policySchemaStale, policyTestsFailed } from '../../errors.js';
import type { PolicyCase } from '../../policy/case-file.js';
import { readCases } from '../../policy/case-file.js';
import type { GroundOptions } from '../../policy/ground.js';
import { groundOn, openGraph, openGround, policyFolder } from '../../policy/ground.js';
import { runCases } from '../../policy/run-cases.js';
import { policyTextsOf } from '../../policy/source.js';
import { cedarSchemaFile } from './schema.js';

export interface TestOptions extends GroundOptions {
  readonly json?: boolean;
  readonly cases?: string;
  readonly coverage?: boolean;
}

/** `linli policy test`: decides every case and compares; fails where a policy decides none. */
export async function policyTest(options: TestOptions): Promise<void> {
  const texts = policyTextsOf(options.policies ?? policyFolder);
  const cases = casesOf(options);
  report(runCases(groundOn(await openGraph(options), texts), cases), options);
}

function casesOf({ policies = policyFolder, cases = join(policies, 'tests') }: TestOptions): PolicyCase[] {
  return readCases(cases);
}

function report({ results, coverage: covered }: ReturnType<typeof runCases>, { json, coverage }: TestOptions): void {
  const failed = results.filter(({ failures }) => failures.length > 0);
  const expectations = results.reduce((sum, { case: each }) => sum + Object.keys(each.expect).length, 0);
  if (json) {
    const failures = failed.map(({ case: { file, number, name }, failures: lines }) => ({ file, number, name, lines }));
    const hits = Object.fromEntries(covered.hits);
    console.log(
      JSON.stringify({ cases: results.length, expectations, failures, missed: covered.missed, hits }, null, 2),
    );
  } else {
    for (const { case: each, failures } of failed) {
      console.error(`${each.file}, case ${each.number}${each.name === undefined ? '' : ` (${each.name})`}:`);
      for (const failure of failures) console.error(`  ${failure}`);
    }
    if (coverage) for (const [id, hits] of covered.hits) console.log(`${String(hits).padStart(5)}  ${id}`);
    for (const id of covered.missed) console.error(`No case is decided by ${id}.`);
    const total = covered.hits.size;
    console.log(
      `${counted(results.length, 'case')} with ${counted(expectations, 'expectation')}, ${failed.length} failed; ` +
        `${total - covered.missed.length} of ${counted(total, 'policy').replace('policys', 'policies')} decided some.`,
    );
  }
  if (failed.length > 0 || covered.missed.length > 0) throw policyTestsFailed(failed.length, covered.missed.length);
}

/** `linli policy check`: loads, validates and tests the policies, and compares the Cedar schema. */
export async function policyCheck(options: TestOptions): Promise<void> {
  const ground = await openGround({ ...options, prepared: true });
  if (!options.json)
    console.log(`The policies are sound: ${ground.policies.policies.length}, version ${ground.policies.version}.`);
  report(runCases(ground, casesOf(options)), options);
  if (
    options.policies === undefined &&
    readFileSync(cedarSchemaFile, 'utf8') !== cedarSchema(ground.supergraph.classification)
  ) {
    throw policySchemaStale(cedarSchemaFile);
  }
}
