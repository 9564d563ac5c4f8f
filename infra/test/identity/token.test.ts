import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { verify } from '../../src/identity/contract/party.js';
import type { Party } from '../../src/identity/contract/party.js';
import type { RunningIssuer } from '../../src/identity/issuer.js';
import { fetchToken } from '../../src/identity/token.js';
import { start, temporaryFolder } from './support.js';

describe('fetchToken', () => {
  const folder = temporaryFolder();
  let party: RunningIssuer & Party;
  beforeAll(async () => {
    party = await start(folder.path);
  });
  afterAll(async () => {
    await party.close();
    folder.remove();
  });
  const ask = (changed: object = {}) =>
    fetchToken({
      issuer: party.issuer,
      username: 'teacher',
      password: 'linli-demo',
      clientId: 'linli-cli',
      ...changed,
    });

  test('returns an access token that the gateway takes', async () => {
    await expect(verify(party, await ask())).resolves.toMatchObject({ preferred_username: 'teacher' });
  });

  test('says the issuer’s reason for a refusal, and not the password', async () => {
    const error = await ask({ username: 'family-doctor', password: 'my-secret-guess' }).catch(
      (one: unknown) => one as Error,
    );
    expect(error).toMatchObject({
      code: 'IDENTITY_TOKEN_REFUSED',
      message: expect.stringContaining('Invalid user credentials'),
    });
    expect((error as Error).stack).not.toContain('my-secret-guess');
  });

  test('a client without the password grant is refused', async () => {
    await expect(ask({ clientId: 'linli-explorer' })).rejects.toMatchObject({ code: 'IDENTITY_TOKEN_REFUSED' });
  });

  test('nothing at the address', async () => {
    await expect(ask({ issuer: 'http://127.0.0.1:9/realms/linli' })).rejects.toMatchObject({
      code: 'IDENTITY_ISSUER_UNREACHABLE',
      message: expect.stringContaining('does not answer'),
    });
  });

  test('another issuer at the address, or none that speaks OpenID Connect', async () => {
    for (const answer of [
      '<html>',
      '{}',
      JSON.stringify({ issuer: 'https://other', token_endpoint: 'https://other/token' }),
    ]) {
      const server = createServer((_request, response) => void response.end(answer)).listen(0, '127.0.0.1');
      await new Promise((ready) => server.once('listening', ready));
      const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/linli`;
      await expect(ask({ issuer })).rejects.toMatchObject({ code: 'IDENTITY_ISSUER_UNREACHABLE' });
      server.closeAllConnections();
      server.close();
    }
  });
});
