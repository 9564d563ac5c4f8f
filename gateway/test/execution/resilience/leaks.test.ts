import { describe, expect, test } from '@jest/globals';
import { tellsOfInside, withoutInside } from '../../../src/execution/leaks.js';

describe('what tells of the inside of a department is seen:', () => {
  test.each([
    'connect ECONNREFUSED 10.1.2.3:5432',
    'getaddrinfo ENOTFOUND db.internal',
    'cannot reach localhost',
    'cannot reach [::1]:5432',
    'timeout of db-primary.civil.svc:5432',
    'postgresql://linli:secret@db/health',
    'request to http://records/graphql failed',
    'request to https://user:word@records.example.org failed',
    'request to http://records.example.org:8080/ failed',
    'boom\n    at resolve (/srv/app/dist/resolvers.js:12:3)',
    'boom at Object.<anonymous> (resolvers.js:12:3)',
    'Traceback (most recent call last):\n  File "app.py", line 3',
    'NullPointerException at Records.java:77',
    "ENOENT: no such file, open '/etc/linli/key.pem'",
    'cannot read C:\\secrets',
    'SELECT "id", "name" FROM "Resident" WHERE "idNumber" = $1',
    'select * from residents where id = 1',
    'select id, name from residents',
    'INSERT INTO "Resident" VALUES ($1)',
    'update residents set name = $1',
    'delete from residents',
    'duplicate key value violates unique constraint "Resident_pkey"',
    'relation "Resident" does not exist',
    'syntax error at or near "FROM"',
    'Invalid `prisma.resident.findMany()` invocation',
    'PrismaClientKnownRequestError',
    'bad token eyJhbGciOiJFZERTQSJ9.eyJpc3MiOiJsaW5saSJ9.x',
    'password=hunter2 was refused',
  ])('%s', (text) => {
    expect(tellsOfInside(text)).toBe(true);
  });
});

describe('what is meant for people is not taken for it:', () => {
  test.each([
    'No such community.',
    '没有这个社区，请检查代码。',
    'CommunityCode cannot represent "12": send a 12-digit code.',
    'Please select a community from the list.',
    'The estate was updated: set a new date, as 2026-07-01T12:30:00+08:00.',
    'Pick one of 10/20/50.',
    'See https://www.sz.gov.cn/help for the steps.',
    'At most 3:1 of the places; ask at 8:30.',
    'Delete the visit from your list first.',
    'Resident demo-elder has no family doctor; version 1.2.3.',
  ])('%s', (text) => {
    expect(tellsOfInside(text)).toBe(false);
  });
});

describe('extensions', () => {
  test('lose it at every depth, and keep the rest', () => {
    const hostile = {
      code: 'RECORD_LOCKED',
      until: '2026-07-01',
      stacktrace: ['at x'],
      exception: { code: 'P2002' },
      hint: { text: 'try later', cause: 'deadlock', where: 'db.internal', list: [1, 'at f (/srv/a.js:1:2)', null] },
      'http://db/': 1,
    };
    expect(withoutInside(hostile)).toEqual({
      code: 'RECORD_LOCKED',
      until: '2026-07-01',
      hint: { text: 'try later', list: [1, null] },
    });
  });

  test('are bounded in depth, items and length, and touch no prototype', () => {
    let deep: unknown = 'end';
    for (let i = 0; i < 100_000; i++) deep = { deep };
    const long = Array.from({ length: 100_000 }, (_, i) => i);
    const hostile = JSON.parse('{"__proto__":{"polluted":true}}') as Record<string, unknown>;
    const kept = withoutInside({ deep, text: 'x'.repeat(5000), hostile, long });
    expect(JSON.stringify(kept).length).toBeLessThan(2000);
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
  });

  test('are read in time that grows with their length alone', () => {
    for (const unit of ['a ', 'select a,', 'a.', ' at ', '1.', 'x:', '[:', '"a', ' ', '::', 'http://a']) {
      expect(typeof tellsOfInside(unit.repeat(100_000))).toBe('boolean');
    }
  });
});
