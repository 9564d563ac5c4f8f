import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearest } from '@linli/gateway/policy/cedar/nearest';
import { cedarSchema } from '@linli/gateway/policy/cedar/schema';
import { loadSupergraph } from '@linli/gateway/supergraph/load';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { purposes } from '@linli/schema/purposes';
import type { Purpose } from '@linli/schema/purposes';
import type { Relation } from '@linli/schema/subject';
import { counted } from '../counted.js';
import { badOption, policySchemaStale, policyTestsFailed, unknownField } from '../errors.js';
import { readCases } from '../policy/case-file.js';
import type { Done } from '../policy/coordinates.js';
import { fieldsOf } from '../policy/coordinates.js';
import { diffPolicies } from '../policy/diff.js';
import { diffText } from '../policy/diff-text.js';
import { explain } from '../policy/explain.js';
import { explanationText, headline } from '../policy/explain-text.js';
import type { Ground, GroundOptions } from '../policy/ground.js';
import { openGround, policyFolder } from '../policy/ground.js';
import { apiFields, fieldNamed } from '../policy/judge.js';
import { matrix } from '../policy/matrix.js';
import { matrixHtml } from '../policy/matrix-html.js';
import { legend, matrixCsv, matrixJson, matrixText } from '../policy/matrix-text.js';
import { runCases } from '../policy/run-cases.js';
import type { Language } from '../policy/words.js';
import type { Viewer } from '../policy/viewer.js';
import { viewerOf } from '../policy/viewer.js';
import { actionOf } from '../policy/writing.js';

type Common = GroundOptions & { readonly json?: boolean };

const schemaOutput = schemaFile('policies/linli.cedarschema');

/** `linli policy schema`: writes the Cedar schema that the supergraph makes, or with `check` compares it. */
export async function policySchema({
  check = false,
  supergraph,
}: Common & { readonly check?: boolean }): Promise<void> {
  const { classification } = await loadSupergraph(supergraph ?? supergraphFile, {});
  const text = cedarSchema(classification);
  const changed = !existsSync(schemaOutput) || readFileSync(schemaOutput, 'utf8') !== text;
  if (changed && check) throw policySchemaStale(schemaOutput);
  if (changed) writeFileSync(schemaOutput, text);
  console.log(`${schemaOutput} ${changed ? 'written' : 'is up to date'}.`);
}

export interface TestOptions extends Common {
  readonly cases?: string;
  readonly coverage?: boolean;
}

/** `linli policy test`: decides every case and compares; fails where a policy decides none. */
export async function policyTest(options: TestOptions): Promise<void> {
  test(await openGround(options), options);
}

function test(
  ground: Ground,
  { policies = policyFolder, cases = join(policies, 'tests'), json, coverage }: TestOptions,
) {
  const { results, coverage: covered } = runCases(ground, readCases(cases));
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
  const ground = await openGround(options);
  if (!options.json)
    console.log(`The policies are sound: ${ground.policies.policies.length}, version ${ground.policies.version}.`);
  test(ground, options);
  if (
    options.policies === undefined &&
    readFileSync(schemaOutput, 'utf8') !== cedarSchema(ground.supergraph.classification)
  ) {
    throw policySchemaStale(schemaOutput);
  }
}

export interface ExplainOptions extends Common {
  readonly as: string;
  readonly purpose?: string;
  readonly legalBasis?: boolean;
  readonly caseNumber?: boolean;
  readonly breakGlass?: boolean;
  readonly operation?: string;
  readonly field?: string;
  readonly write?: boolean;
  readonly rowRelation?: Relation;
  readonly minor?: boolean;
  readonly lang?: Language;
}

/** `linli policy explain`: what happens to fields, by which policies, why, and what would have to change. */
export async function policyExplain(options: ExplainOptions): Promise<void> {
  const { as, field, operation, rowRelation, lang = 'zh', json } = options;
  if ((field === undefined) === (operation === undefined)) throw badOption('Name either --field or --operation.');
  const ground = await openGround(options);
  const viewer = viewerOf(as);
  const circumstances = {
    ...purposeOf(options, viewer),
    ...(rowRelation !== undefined && { relation: rowRelation }),
    legalBasis: options.legalBasis ?? false,
    caseNumber: options.caseNumber ?? false,
    emergency: options.breakGlass ?? false,
    minor: options.minor ?? false,
  };
  const done: readonly (Pick<Done, 'coordinate'> & Partial<Done>)[] =
    operation === undefined
      ? [{ coordinate: field!, ...(options.write && { action: 'write' }) }]
      : fieldsOf(readFileSync(operation, 'utf8'), ground, operation);
  const explanations = done.map(({ coordinate, action }) => {
    const known = fieldNamed(ground, coordinate);
    const names = () => apiFields(ground).map((each) => each.coordinate);
    if (!known) throw unknownField(coordinate, nearest(coordinate, names()));
    return explain(ground, known, action ?? actionOf(ground, known), viewer, circumstances);
  });
  if (json) {
    const { name, roles, department } = viewer;
    console.log(JSON.stringify({ viewer: { name, roles, department }, circumstances, fields: explanations }, null, 2));
  } else {
    console.log(
      [headline(viewer, circumstances, lang), ...explanations.map((each) => explanationText(each, lang))].join('\n\n'),
    );
  }
}

/** As the gateway has it: whoever may act for own affairs and declares nothing does so. */
function purposeOf({ purpose, legalBasis, caseNumber }: ExplainOptions, { granted }: Viewer): { purpose?: Purpose } {
  if (purpose !== undefined) return { purpose: purposeNamed(purpose) };
  return granted?.includes('own-affairs') && !legalBasis && !caseNumber ? { purpose: 'own-affairs' } : {};
}

function purposeNamed(name: string): Purpose {
  const purpose = purposes.find((each) => each === name);
  if (!purpose) throw badOption(`There is no purpose "${name}"; there are ${purposes.join(', ')}.`);
  return purpose;
}

export interface MatrixOptions extends Common {
  readonly type?: string;
  readonly csv?: boolean;
  readonly html?: boolean;
  readonly lang?: Language;
}

/** `linli policy matrix`: the most that each role can see of each field, by relation. */
export async function policyMatrix({ type, csv, html, json, lang = 'zh', ...options }: MatrixOptions): Promise<void> {
  const ground = await openGround(options);
  const rows = matrix(ground, type);
  if (rows.length === 0) throw unknownField(`${type}.…`, nearest(type ?? '', typesOf(ground)));
  if (json) console.log(JSON.stringify(matrixJson(rows), null, 2));
  else if (csv) process.stdout.write(matrixCsv(rows));
  else if (html) process.stdout.write(matrixHtml(rows, lang, ground.policies.version));
  else console.log(`${matrixText(rows, lang)}\n\n${legend(lang)}`);
}

function typesOf(ground: Ground): Iterable<string> {
  return new Set(apiFields(ground).map(({ coordinate }) => coordinate.split('.')[0]!));
}

export interface DiffOptions extends Common {
  readonly lang?: Language;
}

/** `linli policy diff`: who sees more and who sees less with one set of policies than with another. */
export async function policyDiff(
  before: string,
  after: string,
  { json, lang = 'zh', ...options }: DiffOptions,
): Promise<void> {
  const old = await openGround({ ...options, policies: before });
  const diff = diffPolicies(old, await openGround({ ...options, policies: after }));
  console.log(json ? JSON.stringify(diff, null, 2) : diffText(diff, lang));
}
