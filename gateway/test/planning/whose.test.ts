import { expect, test } from '@jest/globals';
import { buildSchema } from 'graphql';
import { defaultLimits } from '../../src/operation/limits.js';
import { operationLoader } from '../../src/operation/load.js';
import type { FieldGuard, Guard } from '../../src/planning/guard.js';
import { internalNames } from '../../src/planning/internal-names.js';
import { normalize } from '../../src/planning/normalize.js';

const schema = buildSchema(`
  type Query { visits: [Visit] all: [Note] }
  interface Note { text: String }
  type Visit implements Note { text: String no: Int part: Part plain: Plain about: Person }
  type Remark implements Note { text: String }
  type Part { detail: String }
  type Plain { detail: String }
  type Person { id: ID }
`);
const load = operationLoader(schema, defaultLimits);

const personal = ['Visit.text', 'Part.detail'];
const nowhere = { subject: [], community: [], assigned: [], minor: [] };
/** Everything is for everybody, so that no decision needs a fact; some of a visit is somebody's personal data. */
const guard: Guard = {
  id: 'everybody',
  schema,
  field: (type, name): FieldGuard => {
    const coordinate = `${type}.${name}`;
    return {
      coordinate,
      allow: ~0,
      mask: 0,
      method: undefined,
      sealed: false,
      personal: personal.includes(coordinate),
    };
  },
  facts: (type) => (type === 'Visit' || type === 'Person' ? nowhere : undefined),
  subject: (type) => (type === 'Visit' ? [['about', 'id']] : []),
  visible: () => ~0,
};
const fetched = (query: string) => normalize(load(query, null), schema, {}, internalNames(schema), guard).texts;

test.each([
  ['a personal field', '{ visits { text } }', 'query{visits{text about{id } } }'],
  ['one of a part of the row', '{ visits { part { detail } } }', 'query{visits{part{detail } about{id } } }'],
])('whose a row is is fetched with %s, though nothing is decided by it', (_, query, text) => {
  expect(fetched(query)).toEqual([text]);
});

test('of the types of an interface it is fetched for those that say it', () => {
  expect(fetched('{ all { text } }')).toEqual(['query{all{text ...on Visit{about{id } } __typename } }']);
});

test.each([
  ['{ visits { no } }', 'query{visits{no } }'],
  ['{ visits { plain { detail } } }', 'query{visits{plain{detail } } }'],
  ['{ visits { about { id } } }', 'query{visits{about{id } } }'],
])('nothing more is fetched for %s, of which nothing is personal data', (query, text) => {
  expect(fetched(query)).toEqual([text]);
});
