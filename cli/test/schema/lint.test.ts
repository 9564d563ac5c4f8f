import { describe, expect, test } from '@jest/globals';
import { lint } from '../../src/schema/lint.js';
import { contract, ownContracts } from './support.js';

const codes = (...sdl: string[]) => {
  const names = ['health', 'education', 'housing'];
  return lint(sdl.map((text, index) => contract(names[index]!, text))).map(({ code, message }) => `${code} ${message}`);
};

const clinic = '"诊所" type Clinic @classified(level: L1) { "标识" id: ID! }';

describe('the house rules', () => {
  test('hold for the departments’ own contracts', () => {
    expect(lint(ownContracts())).toEqual([]);
  });

  test('are silent about a good contract', () => {
    expect(
      codes(`${clinic} type Query { "诊所列表" clinics("条数" first: Int): [Clinic!] @classified(level: L1) }`),
    ).toEqual([]);
  });

  test.each([
    ['type Clinic @classified(level: L1) { "标识" id: ID! }', 'Clinic has no description'],
    ['"A clinic" type Clinic @classified(level: L1) { "标识" id: ID! }', 'Clinic is not described in Chinese'],
    ['"诊所" type Clinic @classified(level: L1) { id: ID! }', 'Clinic.id has no description'],
    [
      'type Query { "诊所" clinics(first: Int): Int @classified(level: L1) }',
      'Query.clinics(first:) has no description',
    ],
    ['"类型" enum Kind { A }', 'Kind.A has no description'],
    ['"筛选" input Filter { kind: String }', 'Filter.kind has no description'],
  ])('%s: everything is described in Chinese', (sdl, fault) => {
    expect(codes(sdl)).toEqual([`DESCRIPTION_MISSING ${fault}.`]);
  });

  test('every field has a level, its own or its type’s, from any department', () => {
    const unclassified = '"诊所" type Clinic @key(fields: "id") { "标识" id: ID! }';
    expect(codes(unclassified)).toEqual([
      "LEVEL_MISSING Clinic.id has no @classified level, neither its own nor its type's.",
    ]);
    expect(codes(unclassified, unclassified.replace('{', '@classified(level: L1) {'))).toEqual([]);
  });

  test('departments agree on a level', () => {
    expect(codes(clinic, clinic.replace('L1', 'L3'))).toEqual([
      'LEVELS_DISAGREE Clinic is classified differently: L1 by health, L3 by education.',
    ]);
  });

  test.each(['idNumber', 'owner { idNumber }', 'id idNumber'])('no key holds an ID number: %s', (fields) => {
    const sdl = `"户" type Tenancy @key(fields: "${fields}") @classified(level: L4) {
      "标识" id: ID! "证件号" idNumber: ResidentIdNumber "房东" owner: Tenancy }`;
    expect(codes(sdl)).toEqual([
      "KEY_IS_ID_NUMBER Tenancy has a @key with a citizen's ID number; use an id of its own.",
    ]);
  });

  test('a root field is nullable', () => {
    expect(codes('type Query { "数" count: Int! @classified(level: L1) }')).toEqual([
      expect.stringContaining('OUTAGE_SPREADS Query.count must be nullable: an outage of health'),
    ]);
  });

  test('a reference to what another department answers is nullable, one to what it answers itself need not be', () => {
    const own =
      '"社区" type Community @key(fields: "code") @classified(level: L1) { "代码" code: ID! "名称" name: String! }';
    const other = (type: string) => `
      "社区" type Community @key(fields: "code") @classified(level: L1) { "代码" code: ID! }
      "学校" type School @classified(level: L1) { "社区" community: ${type} }`;
    expect(codes(own, other('Community!'))).toEqual([
      expect.stringContaining('OUTAGE_SPREADS School.community must be nullable'),
    ]);
    expect(codes(own, other('[Community!]!'))).toHaveLength(1);
    expect(codes(own, other('Community'))).toEqual([]);
    expect(
      codes(`${own} "诊所" type Clinic @classified(level: L1) { "社区" community: Community! }`, other('Community')),
    ).toEqual([]);
  });

  test('what is wrong in a shared file is said once', () => {
    expect(
      codes(
        '"甲" type A @classified(level: L1) { "标识" id: ID! }',
        '"乙" type B @classified(level: L1) { "标识" id: ID! }',
      ),
    ).toEqual([]);
  });
});
