import { beforeAll, describe, expect, test } from '@jest/globals';
import { assertionIssuer, assertionType, type Caller } from '@linli/schema/subject';
import { createLocalJWKSet, exportJWK, generateKeyPair, SignJWT, type CryptoKey, type JWTVerifyGetKey } from 'jose';
import { verifyAssertion } from '../../src/service/assertion.js';

const caller: Caller = {
  subject: {
    id: 'u1',
    roles: ['social-worker'],
    jurisdiction: ['440303001'],
    purposes: ['social-assistance'],
    staffId: 'demo-social-worker',
    scopes: ['openid'],
  },
  standing: { household: [], wards: [] },
  scope: { Resident: ['assigned', 'street'], Community: ['none'] },
  purpose: 'social-assistance',
  operation: 'a'.repeat(64),
};

let privateKey: CryptoKey;
let keys: JWTVerifyGetKey;

beforeAll(async () => {
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  privateKey = pair.privateKey;
  keys = createLocalJWKSet({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' }] });
});

async function verified(claims: object): Promise<Caller> {
  const assertion = await new SignJWT({ ...claims })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: assertionType })
    .setIssuer(assertionIssuer)
    .setAudience('health')
    .setSubject('u1')
    .setIssuedAt()
    .setExpirationTime('1m')
    .setJti('once')
    .sign(privateKey);
  return verifyAssertion(assertion, keys, 'health');
}

test('what the gateway states is read as it was stated', async () => {
  expect(await verified(caller)).toEqual(caller);
  const { purpose: _, ...undeclared } = caller;
  expect(await verified(undeclared)).toEqual(undeclared);
});

describe('a statement that is not as agreed is refused as a whole', () => {
  const { scope: _, ...unscoped } = caller;
  test.each<[string, object]>([
    ['a relation that does not exist', { ...caller, scope: { Resident: ['everything'] } }],
    ['no scope', unscoped],
    ['no standing', { ...caller, standing: undefined }],
    ['no operation', { ...caller, operation: undefined }],
    ['a prefix that every code starts with', { ...caller, subject: { ...caller.subject, jurisdiction: [''] } }],
    ['a subject with more than was agreed', { ...caller, subject: { ...caller.subject, admin: true } }],
    ['more than was agreed', { ...caller, bypass: true }],
  ])('%s', async (_, claims) => {
    await expect(verified(claims)).rejects.toThrow("The gateway's assertion is not accepted (malformed statement)");
  });
});
