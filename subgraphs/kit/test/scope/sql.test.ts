import { describe, expect, test } from '@jest/globals';
import { identifier, render, sql, visible, type Sight } from '../../src/scope/sql.js';
import type { Condition } from '../../src/scope/condition.js';

const about = { field: 'residentId', column: 'resident_id', list: false };
const place = { field: 'communityCode', column: 'community_code', list: false };
const handlers = { field: 'handlers', column: 'handlers', list: true };

const seenBy = (condition: Condition): Sight => ({ scoped: new Set(['appeal']), condition: () => condition });

describe('SQL by hand', () => {
  test('has a parameter for every value, also within parts', () => {
    const part = sql`c.${identifier('sta"te')} = ${'HANDLING'}`;
    expect(render(sql`SELECT 1 FROM place c WHERE ${part} AND c.code = ANY(${['a']})`, seenBy('every'))).toEqual({
      text: 'SELECT 1 FROM place c WHERE c."sta""te" = $1 AND c.code = ANY($2)',
      values: ['HANDLING', ['a']],
    });
  });

  test('sees of a scoped table the rows of the condition alone', () => {
    const text = sql`SELECT * FROM ${visible('appeal')} a WHERE a.state = ${'HANDLING'}`;
    const condition: Condition = [
      { related: { fact: about, ids: ['r1'] } },
      { related: { fact: handlers, ids: ['s1'] } },
      { related: { fact: place, range: { gte: '4403', lt: '4404' }, except: [{ gte: '440303', lt: '440304' }] } },
    ];
    expect(render(text, seenBy(condition))).toEqual({
      text:
        'SELECT * FROM (SELECT * FROM "appeal" WHERE ("resident_id" = ANY($1::text[]) OR "handlers" && $2::text[] OR ' +
        '(("community_code" >= $3 AND "community_code" < $4) AND NOT ("community_code" >= $5 AND "community_code" < $6))' +
        ')) a WHERE a.state = $7',
      values: [['r1'], ['s1'], '4403', '4404', '440303', '440304', 'HANDLING'],
    });
    expect(render(text, seenBy('every')).text).toBe('SELECT * FROM "appeal" a WHERE a.state = $1');
    expect(render(text, seenBy([])).text).toBe(
      'SELECT * FROM (SELECT * FROM "appeal" WHERE FALSE) a WHERE a.state = $1',
    );
  });

  test('is refused where it names a scoped table itself', () => {
    const name = 'appeal';
    for (const text of [
      sql`SELECT * FROM appeal`,
      sql`SELECT * FROM "appeal"`,
      sql`SELECT * FROM public.APPEAL`,
      sql`SELECT * FROM ${sql`appeal`} a`,
      sql`SELECT * FROM ${identifier(name)}`,
    ]) {
      expect(() => render(text, seenBy('every'))).toThrow(/names the table appeal itself/i);
    }
    expect(() => render(sql`SELECT appeal_no FROM place`, seenBy('every'))).not.toThrow();
  });
});
