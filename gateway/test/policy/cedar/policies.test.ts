import { beforeAll, describe, expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { StartError } from '../../../src/errors.js';
import { openPolicies, readPolicyTexts } from '../../../src/policy/cedar/policies.js';
import { cedarSchema } from '../../../src/policy/cedar/schema.js';
import type { Classification } from '../../../src/supergraph/classification.js';
import { loadSupergraph } from '../../../src/supergraph/load.js';

let classification: Classification;
beforeAll(async () => {
  ({ classification } = await loadSupergraph(supergraphFile, {}));
});

const sound = `@id("common.public") @why("公开") @owner("hub")
permit (principal, action == Linli::Action::"read", resource in Linli::Level::"L1");
`;

/** The problems with a file common.cedar of this text. */
function problems(text: string): string[] {
  try {
    openPolicies(classification, { 'common.cedar': text });
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(StartError);
    return (error as StartError).message.split('\n').slice(1);
  }
}

describe('a set of policies', () => {
  test('is read from a folder, each with its id, reason, owner and scope', () => {
    const { policies } = openPolicies(classification, schemaFile('policies'));
    expect(policies.find(({ id }) => id === 'common.household-basics')).toMatchObject({
      owner: 'hub',
      file: 'common.cedar',
      effect: 'permit',
      roles: ['resident'],
      actions: ['readMasked'],
      resource: 'Linli::Department::"civil-affairs"',
      why: expect.stringContaining('《个人信息保护法》第六条'),
    });
  });

  test('tells what a policy reads', () => {
    const { policies } = openPolicies(classification, schemaFile('policies'));
    const reads = (id: string) => policies.find((policy) => policy.id === id)!.reads;
    expect(reads('common.public').context).toEqual([]);
    expect(new Set(reads('common.conditional-sharing').context)).toEqual(
      new Set(['relation', 'purpose', 'legalBasis', 'caseNumber', 'emergency']),
    );
    expect(new Set(reads('common.conditional-sharing').resource)).toEqual(new Set(['sharing']));
    expect(reads('common.conditional-sharing')).toMatchObject({ principal: [], ownDepartment: true });
    expect(reads('health.wall').named).toContain('Linli::Type::"Vaccination"');
  });

  test('has a version that changes with any of its words', () => {
    const version = (text: string) => openPolicies(classification, { 'common.cedar': text }).version;
    expect(version(sound)).toMatch(/^[0-9a-f]{64}$/);
    expect(version(sound)).toBe(version(sound));
    expect(version(sound)).not.toBe(version(sound.replace('公开', '公开数据')));
  });

  test('says why a policy is, and nothing of an unknown one', () => {
    const policies = openPolicies(classification, { 'common.cedar': sound });
    expect(policies.why('common.public')).toBe('公开');
    expect(policies.why('common.private')).toBeUndefined();
  });

  test('agrees with the committed Cedar schema, which lists every field', () => {
    const committed = readFileSync(schemaFile('policies/linli.cedarschema'), 'utf8');
    expect(committed).toBe(cedarSchema(classification));
    for (const { coordinate, level } of classification.fields)
      expect(committed).toContain(`// ${coordinate} ${level} `);
  });

  test('is not found in an empty folder', () => {
    expect(() => readPolicyTexts(schemaFile('operations'))).toThrow(/has no \*\.cedar files/);
    expect(() => readPolicyTexts('/nowhere')).toThrow(/\/nowhere cannot be read/);
  });
});

describe('what is refused, in one line each', () => {
  test('nothing of what is sound', () => expect(problems(sound)).toEqual([]));

  test.each([
    ['bad syntax, with its line', `${sound}permit (;`, /common\.cedar:3: unexpected token/],
    ['no id', sound.replace('@id("common.public")', ''), /has no @id\("common\.…"\)/],
    ['an id of another file', sound.replace('common.public', 'health.public'), /must be "common\." and a name/],
    ['an id twice', sound + sound, /@id\("common\.public"\) is given twice, first in common\.cedar/],
    ['no reason', sound.replace('@why("公开")', ''), /common\.public has no @why/],
    [
      'no owner',
      sound.replace('@owner("hub")', ''),
      /common\.public needs an @owner that is one of hub, civil-affairs/,
    ],
    ['an unknown owner', sound.replace('"hub"', '"finance"'), /needs an @owner/],
    [
      'an unknown role',
      sound.replace('(principal,', '(principal in Linli::Role::"residant",'),
      /no Role "residant"; did you mean "resident"\?/,
    ],
    ['an unknown level', sound.replace('"L1"', '"L5"'), /no Level "L5"; did you mean "L\d"\?/],
    [
      'an unknown field, with the nearest',
      sound.replace('in Linli::Level::"L1"', '== Linli::Field::"Resident.fone"'),
      /no Field "Resident\.fone"; did you mean "Resident\.phone"\?/,
    ],
    [
      'an unknown type in a condition',
      sound.replace(');', ') when { resource in Linli::Type::"Residents" };'),
      /no Type "Residents"; did you mean "Resident"\?/,
    ],
    [
      'an unknown kind of entity',
      sound.replace('Linli::Level::"L1"', 'Linli::Levle::"L1"'),
      /no kind of entity Linli::Levle; did you mean "Level"\?/,
    ],
    [
      'an unknown attribute',
      sound.replace(');', ') when { resource.colour == "red" };'),
      /attribute `colour` on entity type `Linli::Field` not found/,
    ],
    [
      'a sharing class that is none',
      sound.replace(');', ') when { resource.sharing == "CONDITONAL" };'),
      /sharing is never "CONDITONAL"; did you mean "CONDITIONAL"\?/,
    ],
    [
      'an optional attribute that is not tested for',
      sound.replace(');', ') when { principal.department == "health" };'),
      /unable to guarantee safety of access to optional attribute `department`/,
    ],
    ['a policy that can never apply', sound.replace(');', ') when { false };'), /policy is impossible/],
    [
      'a person',
      sound.replace('(principal,', '(principal == Linli::Subject::"zhang",'),
      /common\.public names a person; policies are about roles/,
    ],
    [
      'a person in a condition',
      sound.replace(');', ') when { principal == Linli::Subject::"zhang" };'),
      /names the person "zhang"; policies are about roles/,
    ],
  ])('%s', (_what, text, problem) => {
    expect(problems(text)).toContainEqual(expect.stringMatching(problem));
  });

  test('all of it at once', () => {
    const text =
      sound.replace('@why("公开")', '') + sound.replace('common.public', 'common.other').replace('"L1"', '"L9"');
    expect(problems(text)).toHaveLength(2);
  });

  test.each([
    ['in its scope', sound.replace('in Linli::Level::"L1"', '== Linli::Field::"Person.name"')],
    ['in a condition', sound.replace(');', ') when { resource == Linli::Field::"Person.name" };')],
    ['in a set', sound.replace(');', ') when { [Linli::Field::"Person.name"].contains(resource) };')],
  ])('a field of an interface by itself, %s, for the fields that implement it would be left out', (_where, text) => {
    const person = { ...classification.of('Resident', 'name'), coordinate: 'Person.name' };
    const resident = { ...classification.of('Resident', 'name'), interfaces: ['Person.name'] };
    const graph = { ...classification, fields: [person, resident] };
    const open = (policy: string) => openPolicies(graph, { 'common.cedar': policy });
    expect(() => open(text)).toThrow(/common\.public: Person\.name is a field of an interface: write "in" before it/);
    expect(() => open(sound.replace('in Linli::Level::"L1"', 'in Linli::Field::"Person.name"'))).not.toThrow();
  });

  test('a @policy of a contract that names no policy', () => {
    const field = { ...classification.of('Community', 'name'), policies: [['common.pubic']] };
    expect(() => openPolicies({ ...classification, fields: [field] }, { 'common.cedar': sound })).toThrow(
      '@policy("common.pubic") on a field names no policy; did you mean "common.public"?',
    );
  });
});
