import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Relation, Subject } from '@linli/schema/subject';
import { relations } from '@linli/schema/subject';
import type { FactPaths } from '../../src/planning/guard.js';
import { partWidth } from '../../src/planning/guard.js';
import { Rows } from '../../src/policy/rows.js';

const facts: FactPaths = {
  subject: [['resident', 'id']],
  community: [['community', 'code']],
  assigned: [['handlers']],
  minor: [['minor']],
};
const subject = (given: Partial<Subject>): Subject => ({
  id: 's',
  roles: [],
  jurisdiction: [],
  purposes: [],
  scopes: [],
  ...given,
});
const row = { resident: { id: 'r1' }, community: { code: '440303001001' }, handlers: ['w1', 'w2'], minor: false };

/** The relations that bits stand for, and which part they are in. */
function read(bits: number): { part: number; related: Relation[] } {
  const part = bits >= 1 << (2 * partWidth) ? 2 : bits >= 1 << partWidth ? 1 : 0;
  const own = bits >> (part * partWidth);
  return { part, related: relations.filter((_, i) => own & (1 << i)) };
}

function relate(
  who: Partial<Subject>,
  standing = { household: [] as string[], wards: [] as string[] },
  value: object = row,
) {
  return read(new Rows(subject(who), standing).bits(value, facts)).related;
}

describe('a subject is related to a row', () => {
  test.each<[string, Partial<Subject>, Relation]>([
    ['as itself', { residentId: 'r1' }, 'self'],
    ['as the one it is assigned to', { staffId: 'w2' }, 'assigned'],
    ['by its community', { jurisdiction: ['440303001001'] }, 'community'],
    ['by its street', { jurisdiction: ['440303001'] }, 'street'],
    ['by its district', { jurisdiction: ['440303'] }, 'district'],
    ['by its city', { jurisdiction: ['4403'] }, 'city'],
    ['by the closest of its places', { jurisdiction: ['4403', '440303001'] }, 'street'],
  ])('%s', (_, who, relation) => {
    expect(relate(who)).toEqual(['none', relation]);
  });

  test('as a guardian and as a member of the household', () => {
    expect(relate({ residentId: 'r2' }, { household: ['r1', 'r2'], wards: ['r1'] })).toEqual([
      'none',
      'guardian',
      'household',
    ]);
  });

  test('through any of several residents', () => {
    const household = { ...row, resident: [{ id: 'r9' }, { id: 'r1' }] };
    expect(relate({ residentId: 'r1' }, undefined, household)).toEqual(['none', 'self']);
  });
});

describe('a subject is not related', () => {
  test.each<[string, Partial<Subject>, object]>([
    ['to a neighbouring street whose code looks alike', { jurisdiction: ['440303002'] }, row],
    ['by a prefix of a length that is no place', { jurisdiction: ['44030'] }, row],
    ['to a row whose facts are missing', { residentId: 'r1', staffId: 'w1', jurisdiction: ['4403'] }, { minor: false }],
    [
      'to a row whose facts are null',
      { residentId: 'r1', staffId: 'w1' },
      { resident: null, community: null, handlers: null },
    ],
    ['by facts that are not text', { residentId: '1', staffId: '1' }, { resident: { id: 1 }, handlers: [1, true] }],
    ['by an object where an id should be', { residentId: 'r1' }, { resident: { id: { id: 'r1' } } }],
    ['by a staff id that it does not have', {}, { ...row, handlers: ['undefined', ''] }],
  ])('%s', (_, who, value) => {
    expect(relate(who, undefined, value)).toEqual(['none']);
  });
});

test.each([
  [false, 0],
  [true, 1],
  [null, 2],
  ['true', 2],
])('a row whose minor is %p is of part %i', (minor, part) => {
  expect(
    read(new Rows(subject({ residentId: 'r1' }), { household: [], wards: [] }).bits({ ...row, minor }, facts)),
  ).toEqual({
    part,
    related: ['none', 'self'],
  });
});

test('for any subject and row it is the same as asking for each relation by itself', () => {
  const id = fc.constantFrom('r1', 'r2', 'r3', 'r4');
  const digits = fc.constantFrom('4403', '440303', '440304', '440303001', '440303002', '440303001001', '441521102');
  const code = fc.constantFrom('440303001001', '440303001002', '440303002001', '440304001001', '441521102001');
  fc.assert(
    fc.property(
      fc.record({
        residentId: fc.option(id, { nil: undefined }),
        staffId: fc.option(id, { nil: undefined }),
        jurisdiction: fc.uniqueArray(digits),
        household: fc.uniqueArray(id),
        wards: fc.uniqueArray(id),
        about: id,
        place: fc.option(code),
        handlers: fc.array(id),
      }),
      ({ residentId, staffId, jurisdiction, household, wards, about, place, handlers }) => {
        const who = subject({ jurisdiction, ...(residentId && { residentId }), ...(staffId && { staffId }) });
        const value = {
          resident: { id: about },
          community: place === null ? null : { code: place },
          handlers,
          minor: false,
        };
        const longest = Math.max(
          0,
          ...jurisdiction.filter((each) => place?.startsWith(each)).map((each) => each.length),
        );
        const expected: Record<Relation, boolean> = {
          none: true,
          self: residentId === about,
          guardian: wards.includes(about),
          household: household.includes(about),
          assigned: staffId !== undefined && handlers.includes(staffId),
          community: longest === 12,
          street: longest === 9,
          district: longest === 6,
          city: longest === 4,
        };
        expect(read(new Rows(who, { household, wards }).bits(value, facts)).related).toEqual(
          relations.filter((relation) => expected[relation]),
        );
      },
    ),
    { numRuns: 2000 },
  );
});
