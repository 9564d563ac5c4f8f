import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { apart } from './command.js';

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-cli-'));
});

afterAll(() => rmSync(folder, { recursive: true, force: true }));

function linli(words: readonly string[], env: Readonly<Record<string, string>> = {}) {
  return apart(words, { LINLI_HOME: folder, ...env });
}

describe('linli', () => {
  test.each([
    ['dev'],
    ['token'],
    ['status'],
    ['stop'],
    ['start'],
    ['gateway'],
    ['schema', 'compose'],
    ['schema', 'lint'],
    ['schema', 'classify'],
  ])('%s %s explains itself with an example', async (...command) => {
    const { code, out } = await linli([...command.filter(Boolean), '--help']);
    expect(code).toBe(0);
    expect(out).toMatch(/Usage: linli [\s\S]*Examples:\n {2}\S*\s?linli /);
  });

  test.each([[[]], [['fly']], [['dev', '--wings']], [['stop']], [['schema', 'lint', '--only', 'finance']]])(
    '%j makes no sense: exit code 2',
    async (args) => {
      const { code, err } = await linli(args);
      expect(code).toBe(2);
      expect(err).not.toBe('');
    },
  );

  test.each([
    [['dev', '--port', '70000'], /^linli: Bad setting: LINLI_PORT must be a port, .*70000.*\n$/],
    [['dev', '--residents', 'many'], /^linli: Bad setting: LINLI_RESIDENTS must be .*\n$/],
    [['status'], /^linli: No hub is running on .*: start one with npm start.*\n$/],
    [['stop', 'health'], /^linli: No hub is running on .*\n$/],
    [['token', 'mayor'], /^linli: There is no demo user "mayor"; there are resident, .*\n$/],
    [
      ['gateway', '--supergraph', 'x.graphql'],
      /^linli: A gateway by itself checks no identity.*--insecure-no-policy.*\n$/,
    ],
    [['schema', 'compose', '--only', 'health'], /^linli: --only composes a part .*--output.*\n$/],
  ])('%j is refused in one line, exit code 1', async (args, message) => {
    const { code, out, err } = await linli(args);
    expect(err).toMatch(message);
    expect([code, out]).toEqual([1, '']);
  });

  test('gateway says what is wrong with a supergraph, and never starts bare in production', async () => {
    const file = join(folder, 'supergraph.graphql');
    writeFileSync(file, 'type Query {');
    const args = ['gateway', '--supergraph', file, '--port', '0', '--insecure-no-policy'];
    const [broken, production] = await Promise.all([linli(args), linli(args, { NODE_ENV: 'production' })]);
    expect([broken.code, broken.err.includes(file)]).toEqual([1, true]);
    expect([production.code, production.err]).toEqual([1, expect.stringContaining('production')]);
  });

  test('schema compose and lint find the committed contracts in order', async () => {
    expect(await linli(['schema', 'compose', '--check'])).toMatchObject({ code: 0 });
    expect(await linli(['schema', 'lint'])).toMatchObject({ code: 0 });
  });

  test('schema compose and lint count one contract as one, and several as several', async () => {
    const [{ out: one }, { out: two }] = await Promise.all([
      linli(['schema', 'lint', '--only', 'health']),
      linli(['schema', 'lint', '--only', 'health', 'housing']),
    ]);
    expect(one).toBe('The house rules are kept in 1 contract.\n');
    expect(two).toContain(' 2 contracts.');
    const { out: composed } = await linli(['schema', 'compose', '--only', 'health', '--output', join(folder, 'part')]);
    expect(composed).toMatch(/ 1 contract\.\n$/);
  });

  test('schema classify prints the catalogue as a table, as JSON and as CSV, of a level or a department', async () => {
    const { out: table } = await linli(['schema', 'classify', '--level', 'L4']);
    expect(table).toMatch(/^field +level +sharing +mask +sealed +owners +clauses\n/);
    expect(table).toMatch(/\nHealthRecord\.bloodType +L4 +NONE +WITHHOLD +- +health +个人信息保护法第28、29条/);
    expect(table).not.toMatch(/ L[123] /);
    const { out: json } = await linli(['schema', 'classify', '--department', 'housing', '--json']);
    const entries = JSON.parse(json) as { field: string; owners: string[] }[];
    expect(entries.every(({ owners }) => owners.includes('housing'))).toBe(true);
    expect(entries).toContainEqual({
      field: 'Tenancy.monthlyRent',
      level: 'L4',
      sharing: 'CONDITIONAL',
      mask: 'BAND',
      sealed: false,
      owners: ['housing'],
      clauses: expect.arrayContaining(['GB/T 45574-2025']) as unknown,
    });
    const { out: csv } = await linli(['schema', 'classify', '--csv']);
    expect(csv.split('\r\n')).toContainEqual(
      expect.stringMatching(/^PopulationRegistration\.idNumber,L4,CONDITIONAL,ID_NUMBER,,public-security,个人/),
    );
    expect((await linli(['schema', 'classify', '--csv', '--json'])).code).toBe(2);
  });

  test('token lists the demo users as JSON', async () => {
    const { out } = await linli(['token', '--json']);
    expect(JSON.parse(out)).toEqual(expect.arrayContaining([expect.objectContaining({ username: 'auditor' })]));
  });
});
