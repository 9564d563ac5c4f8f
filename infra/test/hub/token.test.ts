import { describe, expect, test } from '@jest/globals';
import { decodeJwt } from 'jose';
import { demoUsers, readRealm } from '../../src/identity/realm.js';
import { ask, linli, testHub } from '../support/test-hub.js';

const users = demoUsers(readRealm()).map(({ username }) => username);

describe('linli token', () => {
  test.each(users)('prints the access token of %s and nothing else, and the hub takes it', async (name) => {
    const printed = await linli(['token', name]);
    expect(printed).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(decodeJwt(printed.trim())).toMatchObject({ preferred_username: name, iss: testHub.issuer });
    const answer = await ask('{ communities(first: 1) { totalCount } }', printed.trim());
    expect(answer).toMatchObject({ status: 200, data: { communities: { totalCount: 822 } } });
  });

  test('signs the kiosk in as a program', async () => {
    const token = (await linli(['token', 'kiosk'])).trim();
    expect(decodeJwt(token)).toMatchObject({
      azp: 'linli-kiosk',
      realm_access: { roles: expect.arrayContaining(['kiosk']) },
    });
    expect((await ask('{ communities(first: 1) { totalCount } }', token)).status).toBe(200);
  });

  test('says which users there are when it knows none of that name', async () => {
    await expect(linli(['token', 'mayor'])).rejects.toThrow(
      /There is no demo user "mayor"; there are resident, .*kiosk\./,
    );
  });

  test('lists the users without a name', async () => {
    const listed = await linli(['token']);
    for (const name of [...users, 'kiosk']) expect(listed).toContain(name);
  });

  test('says that no hub runs where none does', async () => {
    await expect(linli(['token', 'resident'], '/nowhere')).rejects.toThrow('No hub is running on /nowhere');
  });
});
