import { describe, expect, test } from '@jest/globals';
import { Passwords } from '../../src/identity/passwords.js';
import { readRealm } from '../../src/identity/realm.js';

const realm = {
  ...readRealm(),
  failureFactor: 3,
  waitIncrementSeconds: 60,
  maxFailureWaitSeconds: 100,
  maxDeltaTimeSeconds: 1000,
};

function withClock() {
  let now = 1_700_000_000_000;
  const passwords = new Passwords(realm, () => now);
  const guess = (times: number, username = 'teacher') => {
    for (let done = 0; done < times; done += 1) expect(passwords.check(username, 'wrong')).toBeUndefined();
  };
  return { passwords, guess, pass: (seconds: number) => (now += seconds * 1000) };
}

describe('Passwords', () => {
  test('knows a user by name, however written, and its password', () => {
    const { passwords } = withClock();
    expect(passwords.check(' Teacher ', 'linli-demo')?.username).toBe('teacher');
  });

  test.each([
    ['teacher', ''],
    ['teacher', 'linli-demo '],
    ['teacher', 'Linli-demo'],
    ['nobody', 'linli-demo'],
    ['nobody', ''],
    ['service-account-linli-kiosk', ''],
  ])('%s with the password %j is refused', (username, password) => {
    expect(withClock().passwords.check(username, password)).toBeUndefined();
  });

  test('a user who is disabled in the realm file is refused', () => {
    const users = realm.users.map((one) => (one.username === 'teacher' ? { ...one, enabled: false } : one));
    expect(new Passwords({ ...realm, users }).check('teacher', 'linli-demo')).toBeUndefined();
  });

  test('after the realm’s number of failures even the right password waits', () => {
    const { passwords, guess, pass } = withClock();
    guess(2);
    expect(passwords.check('teacher', 'linli-demo')).toBeDefined();
    guess(3);
    expect(passwords.check('teacher', 'linli-demo')).toBeUndefined();
    pass(61);
    expect(passwords.check('teacher', 'linli-demo')).toBeDefined();
  });

  test('waits grow with each round, up to the realm’s limit', () => {
    const { passwords, guess, pass } = withClock();
    guess(3);
    for (const _further of [4, 5, 6]) {
      pass(61);
      guess(1);
    }
    pass(99);
    expect(passwords.check('teacher', 'linli-demo')).toBeUndefined();
    pass(2);
    expect(passwords.check('teacher', 'linli-demo')).toBeDefined();
  });

  test('old failures are forgotten', () => {
    const { passwords, guess, pass } = withClock();
    guess(2);
    pass(1001);
    guess(1);
    expect(passwords.check('teacher', 'linli-demo')).toBeDefined();
  });

  test('a guesser at one name does not lock another out', () => {
    const { passwords, guess } = withClock();
    guess(10);
    expect(passwords.check('auditor', 'linli-demo')).toBeDefined();
  });

  test('holds nobody back where the realm says not to', () => {
    const open = new Passwords({ ...realm, bruteForceProtected: false });
    for (let done = 0; done < 20; done += 1) open.check('teacher', 'wrong');
    expect(open.check('teacher', 'linli-demo')).toBeDefined();
  });
});
