import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { departments } from '@linli/schema/departments';
import { readCases } from '../../src/policy/case-file.js';
import { fieldsOf, parseOperation } from '../../src/policy/coordinates.js';
import { diffPolicies } from '../../src/policy/diff.js';
import { diffText } from '../../src/policy/diff-text.js';
import { explain } from '../../src/policy/explain.js';
import { explanationText } from '../../src/policy/explain-text.js';
import type { Ground } from '../../src/policy/ground.js';
import { openGround, policyFolder } from '../../src/policy/ground.js';
import { fieldNamed } from '../../src/policy/judge.js';
import { matrix } from '../../src/policy/matrix.js';
import { matrixCsv, matrixText } from '../../src/policy/matrix-text.js';
import { runCases } from '../../src/policy/run-cases.js';
import { viewerOf } from '../../src/policy/viewer.js';
import { compose } from '../../src/schema/compose.js';
import { contractFiles, readContract } from '../../src/schema/contracts.js';

const mutation = `
  extend type Mutation {
    "测试：更正过敏史"
    amendAllergies("档案编号" id: ID!, "内容" input: AmendAllergiesInput!): AmendAllergiesPayload @classified(level: L4)
  }
  "更正的内容"
  input AmendAllergiesInput {
    "过敏史"
    allergies: String @uses(fields: ["HealthRecord.allergies"])
  }
  "更正的结果"
  type AmendAllergiesPayload @classified(level: L1) {
    "档案"
    record: HealthRecord
  }
`;
const permit = `
@id("health.amend-allergies")
@why("医生更正签约居民的过敏史")
@owner("health")
permit (principal in Linli::Role::"family-doctor", action == Linli::Action::"write", resource)
when {
  context has purpose && context.purpose == Linli::Purpose::"medical-care" &&
  (resource == Linli::Field::"Mutation.amendAllergies" ||
   (resource == Linli::Field::"HealthRecord.allergies" && context.relation == Linli::Relation::"assigned"))
};
`;

let folder: string;
let before: Ground;
let after: Ground;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'linli-writing-'));
  const contracts = departments.map((department) => {
    const files = contractFiles(department);
    const more = department === 'health' ? [{ name: 'more.graphql', text: mutation }] : [];
    const contract = readContract(department, [...files, ...more]);
    if (!('document' in contract)) throw new Error(JSON.stringify(contract));
    return contract;
  });
  const { supergraph: text, problems } = compose(contracts);
  expect(problems).toBeUndefined();
  const supergraph = join(folder, 'supergraph.graphql');
  writeFileSync(supergraph, text ?? '');
  const policies = join(folder, 'policies');
  cpSync(policyFolder, policies, { recursive: true });
  before = await openGround({ supergraph });
  writeFileSync(join(policies, 'health.cedar'), permit, { flag: 'a' });
  after = await openGround({ supergraph, policies });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the matrix', () => {
  test('says who may run a mutation, without a relation', () => {
    const rows = matrix(after, 'Mutation').filter(({ field }) => field.coordinate === 'Mutation.amendAllergies');
    expect(matrixText(rows, 'en')).toBe(
      'Mutation.amendAllergies  [L4 CONDITIONAL]  write\n  family-doctor: no relation may write',
    );
    expect(matrixText(rows, 'zh')).toContain('家庭医生 family-doctor: 无关系 可写');
  });

  test('has a row more for a field that a mutation writes', () => {
    const rows = matrix(after, 'HealthRecord').filter(({ field }) => field.coordinate === 'HealthRecord.allergies');
    expect(rows.map(({ action }) => action)).toEqual(['read', 'write']);
    expect(matrixText(rows.slice(1), 'en')).toBe(
      'HealthRecord.allergies  [L4 NONE]  write\n  family-doctor: assigned may write',
    );
    expect(matrixCsv(rows)).toContain(
      'HealthRecord.allergies,L4,NONE,false,family-doctor,assigned,ALLOW,medical-care,nothing,false,health.amend-allergies,write',
    );
  });
});

describe('explaining', () => {
  const declared = { legalBasis: false, caseNumber: false, emergency: false, minor: false };

  test('a mutation names the policy, or what would let it run', () => {
    const field = fieldNamed(after, 'Mutation.amendAllergies')!;
    const doctor = viewerOf('family-doctor');
    const allowed = explain(after, field, 'write', doctor, { ...declared, purpose: 'medical-care' });
    expect(explanationText(allowed, 'en')).toBe(
      'Mutation.amendAllergies  [L4 CONDITIONAL]  write\n  may write (no relation, the person, guardian, ' +
        'same household, assigned, own community, own street, own district, own city)\n' +
        '    health.amend-allergies: 医生更正签约居民的过敏史',
    );
    const refused = explain(after, field, 'write', doctor, declared);
    expect(explanationText(refused, 'en')).toMatch(
      /denied \(no relation, [^→]*→ it would be written with the purpose medical-care$/,
    );
    const nobody = explain(before, field, 'write', doctor, declared);
    expect(explanationText(nobody, 'en')).toContain('→ nobody may write it');
  });

  test('an operation includes what its arguments write', () => {
    const operation = 'mutation { amendAllergies(id: "1", input: { allergies: "青霉素" }) { record { allergies } } }';
    expect(fieldsOf(parseOperation(operation, 'o.graphql'), after, 'o.graphql')).toEqual([
      { coordinate: 'Mutation.amendAllergies', action: 'write' },
      { coordinate: 'HealthRecord.allergies', action: 'write' },
      { coordinate: 'AmendAllergiesPayload.record', action: 'read' },
      { coordinate: 'HealthRecord.allergies', action: 'read' },
    ]);
  });
});

test('a comparison of policies tells who may write more', () => {
  const diff = diffPolicies(before, after);
  expect(diff.losses).toEqual([]);
  const text = diffText(diff, 'en');
  expect(text).toMatch(/family-doctor.*rows of no relation.*denied → may write.*\n {4}Mutation\.amendAllergies/);
  expect(text).toMatch(/family-doctor.*rows of assigned.*denied → may write.*\n {4}HealthRecord\.allergies/);
});

describe('cases', () => {
  const run = (text: string) => {
    const cases = join(folder, 'cases');
    mkdirSync(cases, { recursive: true });
    writeFileSync(
      join(cases, 'one.yaml'),
      `title: one\ngiven: { as: family-doctor, for: medical-care }\ncases:\n${text}`,
    );
    return runCases(after, readCases(cases)).results.flatMap(({ failures }) => failures);
  };

  test('write the fields of Mutation unasked, and others where they say so', () => {
    expect(run('  - { expect: { Mutation.amendAllergies: ALLOW by health.amend-allergies } }')).toEqual([]);
    // A relation that is given for the other fields is none to a mutation.
    expect(run('  - { row: assigned, expect: { Mutation.amendAllergies: ALLOW } }')).toEqual([]);
    expect(run('  - { row: assigned, action: write, expect: { HealthRecord.allergies: ALLOW } }')).toEqual([]);
    expect(run('  - { row: community, action: write, expect: { HealthRecord.allergies: DENY } }')).toEqual([]);
  });

  test('fail where somebody may not write', () => {
    expect(run('  - { for: statistics, expect: { Mutation.amendAllergies: ALLOW } }')).toEqual([
      'Mutation.amendAllergies (row: none) should be ALLOW, and is DENY by default-deny.',
    ]);
  });
});
