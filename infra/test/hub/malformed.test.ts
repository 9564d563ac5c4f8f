import { expect, test } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { SignJWT, decodeJwt, importJWK } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import { badTokens } from '../../../gateway/test/support/bad-tokens.js';
import type { SigningIssuer } from '../../../gateway/test/support/bad-tokens.js';
import { checkMalformed, malformedRequests } from '../../../gateway/test/support/malformed.js';
import { ask, linli, testHub } from '../support/test-hub.js';

/** Signs with the key of the hub's own issuer, so that nothing but the fault at hand is wrong with a token. */
async function hubIssuer(): Promise<SigningIssuer> {
  const file = readFileSync(join(testHub.home, 'identity', 'keys.json'), 'utf8');
  const { signing } = JSON.parse(file) as { signing: JWK };
  const key = await importJWK(signing, signing.alg);
  const good = decodeJwt((await linli(['token', 'social-worker'])).trim());
  const { kty, kid, n, e } = signing;
  return {
    url: testHub.issuer,
    publicKeys: [{ kty, kid, n, e, alg: signing.alg, use: 'sig' }],
    claims: () => good,
    token: (claims: JWTPayload = {}, header: Record<string, unknown> = {}) =>
      new SignJWT({ ...good, ...claims })
        .setProtectedHeader({ alg: String(signing.alg), typ: 'JWT', kid, ...header })
        .sign(key, { crit: { 'linli-extension': true } }),
  };
}

test('1,000 malformed requests leave the whole hub healthy, each with the right status and a clear message', async () => {
  const issuer = await hubIssuer();
  expect((await ask('{ communities(first: 1) { totalCount } }', await issuer.token())).status).toBe(200);
  const requests = malformedRequests({ count: 1000, seed: 440303, badTokens: Object.values(await badTokens(issuer)) });
  expect(requests.length).toBeGreaterThanOrEqual(1000);
  const problems: string[] = [];
  const waiting = [...requests];
  const worker = async () => {
    for (let request = waiting.pop(); request; request = waiting.pop()) {
      problems.push(...(await checkMalformed(testHub.url, request)));
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  expect(problems).toEqual([]);
  expect((await fetch(`${testHub.url}/health`)).status).toBe(200);
  expect((await ask('{ communities(first: 1) { totalCount } }')).data).toEqual({ communities: { totalCount: 822 } });
}, 180_000);
