import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { signIn, verify } from '../../src/identity/contract/party.js';
import { readRealm } from '../../src/identity/realm.js';
import { kioskSecret, start, temporaryFolder } from './support.js';

let folder: ReturnType<typeof temporaryFolder>;
beforeEach(() => {
  folder = temporaryFolder();
});
afterEach(() => folder.remove());

describe('startIssuer', () => {
  test('does not start in production, and says that Keycloak does', async () => {
    const environment = { NODE_ENV: 'production', LINLI_KIOSK_SECRET: kioskSecret };
    await expect(start(folder.path, { environment })).rejects.toMatchObject({
      code: 'IDENTITY_PRODUCTION',
      message: expect.stringMatching(/Keycloak/),
    });
  });

  test('does not start without the kiosk’s secret, and gives its port back', async () => {
    const before = await start(folder.path);
    const port = Number(new URL(before.issuer).port);
    await before.close();
    await expect(start(folder.path, { environment: {}, port })).rejects.toMatchObject({
      code: 'IDENTITY_SETTING',
      message: expect.stringContaining('LINLI_KIOSK_SECRET'),
    });
    const after = await start(folder.path, { port });
    expect(after.issuer).toBe(before.issuer);
    await after.close();
  });

  test('says which port is in use', async () => {
    const first = await start(folder.path);
    const port = Number(new URL(first.issuer).port);
    await expect(start(folder.path, { port })).rejects.toMatchObject({
      code: 'IDENTITY_PORT_IN_USE',
      message: expect.stringContaining(String(port)),
    });
    await first.close();
  });

  test('does not start over a client whose tokens nobody would take', async () => {
    const realm = readRealm();
    const clients = realm.clients.map((one) => ({ ...one, defaultClientScopes: ['basic', 'roles'] }));
    await expect(start(folder.path, { realm: { ...realm, clients } })).rejects.toMatchObject({
      code: 'IDENTITY_REALM',
      message: expect.stringContaining('linli-explorer has no audience mapper'),
    });
  });

  test('puts the public URL it is given into tokens and discovery', async () => {
    const url = 'https://id.city.example/realms/linli';
    const running = await start(folder.path, { url });
    expect(running.issuer).toBe(url);
    await running.close();
  });

  test('answers health and nothing else outside the realm', async () => {
    const running = await start(folder.path);
    const { origin } = new URL(running.issuer);
    expect((await fetch(`${origin}/health`)).status).toBe(200);
    for (const path of ['/', '/realms/other/protocol/openid-connect/certs', '/realms/linlix/x', '/realms/linli']) {
      expect((await fetch(origin + path)).status).toBe(404);
    }
    await running.close();
  });

  test('signs tokens with the lifespan the realm file gives', async () => {
    const running = await start(folder.path, { realm: { ...readRealm(), accessTokenLifespan: 77 } });
    const { body } = await signIn(running, 'teacher');
    const claims = await verify(running, body['access_token']);
    expect(body['expires_in']).toBe(77);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(77);
    await running.close();
  });
});
