import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { policyFolder } from '../../src/policy/ground.js';
import { apart, here } from '../command.js';

const root = fileURLToPath(new URL('../../..', import.meta.url));
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-policy-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

const linli = (...words: string[]) => here('policy', ...words);

/** A copy of the committed policies with one change. */
function changed(name: string, file: string, from: string, to: string): string {
  const copy = join(folder, name);
  cpSync(policyFolder, copy, { recursive: true });
  const text = readFileSync(join(copy, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(join(copy, file), text.replace(from, to));
  return copy;
}

test.each(['explain', 'matrix', 'diff', 'test', 'check', 'schema'])(
  'policy %s explains itself with an example',
  async (command) => {
    const { code, out } = await linli(command, '--help');
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: linli policy [\s\S]*Examples:\n {2}linli policy /);
  },
);

describe('policy explain', () => {
  test('says what happens to a field, by which policy and why, and what would change it', async () => {
    const asked = ['--as', 'grid-worker', '--purpose', 'service-handling', '--field', 'Resident.name'];
    const { code, out } = await linli('explain', ...asked, '--row-relation', 'community', '--lang', 'en');
    expect(code).toBe(0);
    expect(out).toBe(`As grid-worker (public-security); purpose: service handling

Resident.name  [L3 CONDITIONAL NAME]
  masked (own community)
    common.grid-worker-masked: 网格员在本社区办理服务时，个人信息默认脱敏：GB/T 35273-2020 7.2 展示限制、《个人信息保护法》第六条
  → it would be shown in full with a legal basis and a case number and the relation assigned to the row
`);
  });

  test('says so in Chinese', async () => {
    const { out } = await linli('explain', '--as', 'social-worker@civil-affairs', '--field', 'Resident.livesAlone');
    expect(out).toContain('身份：社工 social-worker（民政）；用途：未声明');
    expect(out).toContain(
      '→ 如说明法定职责与事项编号，并声明用途“社会救助”（social-assistance），并与该行的关系为“受指派”，即可见明文',
    );
  });

  test('says that nobody may read a ballot', async () => {
    const { out } = await linli('explain', '--as', 'resident', '--field', 'OwnersBallot.choice', '--lang', 'en');
    expect(out).toContain('→ nobody may read it');
  });

  test('goes through every field of an operation', async () => {
    const operation = join(root, 'schema/operations/my-family.graphql');
    const asked = ['--as', 'resident', '--purpose', 'own-affairs', '--operation', operation, '--json'];
    const { viewer, fields } = JSON.parse((await linli('explain', ...asked)).out) as {
      viewer: unknown;
      fields: { field: { coordinate: string }; outcomes: { effect: string; relations: string[] }[] }[];
    };
    expect(viewer).toEqual({ name: 'resident', roles: ['resident'] });
    expect(fields.map(({ field }) => field.coordinate)).toEqual(
      expect.arrayContaining(['Query.me', 'Resident.name', 'HealthAppointment.at', 'SchoolPlacement.grade']),
    );
    const name = fields.find(({ field }) => field.coordinate === 'Resident.name')!;
    expect(name.outcomes).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ effect: 'ALLOW', relations: ['self'] }),
        expect.objectContaining({ effect: 'MASK', relations: ['household'] }),
      ]),
    );
  });

  test.each([
    [['--as', 'mayor', '--field', 'Resident.name'], /"mayor" is neither a demo user \(resident, .*nor roles/],
    [['--as', 'resident', '--field', 'Resident.fone'], /no Resident\.fone; did you mean Resident\.phone\?/],
    [['--as', 'resident', '--field', 'Resident.name', '--purpose', 'fun'], /no purpose "fun"; there are service-/],
    [['--as', 'resident'], /either --field or --operation/],
    [['--as', 'resident', '--operation', 'nowhere.graphql'], /names nowhere\.graphql, which cannot be read: name a/],
    [['--as', 'resident', '--operation', 'package.json'], /package\.json does not fit the graph:\nSyntax Error/],
  ])('refuses %j in a line', async (args, message) => {
    const { code, err } = await linli('explain', ...args);
    expect(code).toBe(1);
    expect(err).toMatch(message);
  });
});

describe('policy matrix', () => {
  test('is a table of roles, relations and what is declared', async () => {
    const { out } = await linli('matrix', '--type', 'HealthRecord', '--lang', 'en');
    expect(out).toContain(`HealthRecord.allergies  [L4 NONE]
  resident: the person in full
  guardian: guardian in full
  family-doctor: assigned in full
`);
  });

  test('is CSV, a line for each cell', async () => {
    const lines = (await linli('matrix', '--type', 'SurveillanceSite', '--csv')).out.split('\r\n');
    expect(lines[0]).toMatch(/^coordinate,level,sharing,sealed,role,relation,effect,/);
    expect(lines.filter((line) => line.startsWith('SurveillanceSite.location,'))).toEqual([
      'SurveillanceSite.location,L3,NONE,false,community-police,community,ALLOW,law-enforcement,nothing,false,public-security.registry,read',
    ]);
  });

  test('is JSON', async () => {
    const { out } = await apart(['policy', 'matrix', '--type', 'OwnersBallot', '--json']);
    const rows = JSON.parse(out) as unknown[];
    expect(rows).toContainEqual({
      coordinate: 'OwnersBallot.choice',
      action: 'read',
      level: 'L4',
      sharing: 'NONE',
      sealed: false,
      roles: {},
    });
  });

  test('is a page for a browser that needs nothing else', async () => {
    const { out } = await linli('matrix', '--type', 'Resident', '--html');
    expect(out).toMatch(/^<!doctype html>\n<html lang="zh-CN">/);
    expect(out).toContain('<span class="mask" title="居民: 脱敏 · 办理自己的事 · common.household-basics">同住</span>');
    expect(out).not.toMatch(/src=|href="(?!#)|<script/);
  });

  test('of a type that does not exist is refused', async () => {
    expect(await linli('matrix', '--type', 'Residents')).toMatchObject({
      code: 1,
      err: expect.stringContaining('did you mean Resident?'),
    });
  });
});

describe('policy diff', () => {
  test('says in words who sees more', async () => {
    const wider = changed(
      'wider',
      'common.cedar',
      'context.relation == Linli::Relation::"household" &&',
      '[Linli::Relation::"household", Linli::Relation::"community"].contains(context.relation) &&',
    );
    const { code, out } = await linli('diff', policyFolder, wider, '--lang', 'en');
    expect(code).toBe(0);
    expect(out).toContain('Changed: common.household-basics\n\nWho sees or writes more:\n');
    expect(out).toContain(
      'resident, rows of own community, for own affairs: denied → masked (common.household-basics)',
    );
    expect(out).toMatch(/^ {4}Household\.community .* Resident\.name Resident\.phone Resident\.sex$/m);
    expect(out).not.toContain('less:');
  });

  test('says that a rewording changes nothing', async () => {
    const reworded = changed('reworded', 'housing.cedar', '表决秘密：', '表决须保密：');
    expect((await linli('diff', policyFolder, reworded)).out).toBe(
      '修改策略：housing.ballots-unlinkable\n没有人所见或可写更多或更少。\n',
    );
  });

  test('refuses what is neither a folder nor a commit', async () => {
    expect(await linli('diff', 'nowhere', policyFolder)).toMatchObject({
      code: 1,
      err: expect.stringContaining('nowhere is neither a folder of policies nor REF'),
    });
  });
});

describe('policy test', () => {
  test('decides every committed case; each policy has a say in some', async () => {
    const { code, out } = await linli('test', '--json');
    const { cases, failures, missed } = JSON.parse(out) as { cases: number; failures: []; missed: [] };
    expect({ code, failures, missed }).toEqual({ code: 0, failures: [], missed: [] });
    expect(cases).toBeGreaterThanOrEqual(150);
  });

  test('fails where a policy is changed, and names the case', async () => {
    const open = changed('open', 'housing.cedar', 'forbid (', 'permit (');
    const { code, err } = await linli('test', '--policies', open);
    expect(code).toBe(1);
    expect(err).toMatch(/rules\.yaml, case \d+ \(七：选票任何人不得读取，本人也不行\):/);
    expect(err).toMatch(/OwnersBallot\.choice \(row: self\) should be DENY by housing\.ballots-unlinkable/);
  });

  test('fails where no case is decided by a policy', async () => {
    const cases = join(folder, 'few');
    mkdirSync(cases);
    writeFileSync(
      join(cases, 'few.yaml'),
      'title: few\ncases:\n  - { as: open-data, expect: { Community.name: ALLOW } }\n',
    );
    const { code, out, err } = await linli('test', '--cases', cases, '--coverage');
    expect(code).toBe(1);
    expect(out).toMatch(/^ {4}1 {2}common\.public$/m);
    expect(err).toContain('No case is decided by health.wall.');
  });

  test('refuses cases that cannot be read, all of them at once', async () => {
    const cases = join(folder, 'bad');
    mkdirSync(cases);
    writeFileSync(
      join(cases, 'a.yaml'),
      'title: a\ncases:\n  - { as: mayor, expect: { Community.name: SOMETIMES } }\n',
    );
    writeFileSync(join(cases, 'b.yaml'), 'title: [');
    const { code, err } = await linli('test', '--cases', cases);
    expect(code).toBe(1);
    expect(err).toMatch(/a\.yaml: [\s\S]*must be ALLOW, MASK or DENY[\s\S]*b\.yaml: /);
  });
});

test('policy check holds the committed policies, their tests and their schema together', async () => {
  const { code, out } = await apart(['policy', 'check']);
  expect(out).toMatch(/^The policies are sound: \d+, version [0-9a-f]{64}\.\n.* 0 failed; /);
  expect(code).toBe(0);
});

test('policy check lists everything that is wrong, and there is no half of a set', async () => {
  const bad = changed('bad-policies', 'health.cedar', '"medical-care"', '"medical-cure"');
  const text = readFileSync(join(bad, 'housing.cedar'), 'utf8');
  writeFileSync(join(bad, 'housing.cedar'), text.replace('OwnersVote.ballots', 'OwnersVote.ballot'));
  const { code, err } = await apart(['policy', 'check', '--policies', bad]);
  expect(code).toBe(1);
  expect(err).toContain('no Purpose "medical-cure"; did you mean "medical-care"?');
  expect(err).toContain('no Field "OwnersVote.ballot"; did you mean "OwnersVote.ballots"?');
});

test('policy schema --check finds the committed Cedar schema fresh', async () => {
  expect(await linli('schema', '--check')).toMatchObject({ code: 0, out: expect.stringContaining('is up to date') });
});
