import type { CryptoKey } from 'jose';
import { SignJWT, UnsecuredJWT, exportSPKI, generateKeyPair, importJWK } from 'jose';
import type { Issuer } from './issuer.js';
import type { BadToken } from './malformed.js';

/** Whoever can sign tokens as the issuer that a gateway trusts. */
export type SigningIssuer = Pick<Issuer, 'url' | 'publicKeys' | 'claims' | 'token'>;

/** A token of every bad kind there is, made with the issuer's own key where that makes it more believable. */
export async function badTokens(issuer: SigningIssuer): Promise<Record<string, BadToken>> {
  const now = Math.floor(Date.now() / 1000);
  const good = await issuer.token();
  const [head = '', payload = '', signature = ''] = good.split('.');
  const jwk = issuer.publicKeys[0] ?? {};
  const publicKey = (await importJWK({ ...jwk, ext: true } as never, 'RS256')) as CryptoKey;
  const foreign = await generateKeyPair('RS256');
  const altered = Buffer.from(JSON.stringify({ ...issuer.claims(), sub: 'somebody-else' })).toString('base64url');
  const sign = (key: CryptoKey | Uint8Array, alg: string, kid = String(jwk.kid)) =>
    new SignJWT(issuer.claims()).setProtectedHeader({ alg, kid }).sign(key);
  const otherSignature = signature.startsWith('A') ? `B${signature.slice(1)}` : `A${signature.slice(1)}`;
  return {
    'alg none': { token: new UnsecuredJWT(issuer.claims()).encode(), reason: 'unsigned' },
    'alg None, with a signature': {
      token: `${header({ alg: 'None', kid: jwk.kid })}.${payload}.${signature}`,
      reason: 'unsigned',
    },
    'the public key as an HMAC secret': {
      token: await sign(new TextEncoder().encode(await exportSPKI(publicKey)), 'HS256'),
      reason: 'wrong_algorithm',
    },
    'a foreign key under a known id': { token: await sign(foreign.privateKey, 'RS256'), reason: 'bad_signature' },
    'a foreign key': { token: await sign(foreign.privateKey, 'RS256', 'foreign'), reason: 'unknown_key' },
    'no key id': { token: await issuer.token({}, { kid: undefined }), reason: 'unknown_key' },
    'a foreign issuer': {
      token: await issuer.token({ iss: 'https://issuer.example/realms/linli' }),
      reason: 'wrong_issuer',
    },
    'the issuer with a slash': { token: await issuer.token({ iss: `${issuer.url}/` }), reason: 'wrong_issuer' },
    'a foreign audience': { token: await issuer.token({ aud: 'account' }), reason: 'wrong_audience' },
    'no audience': { token: await issuer.token({ aud: undefined }), reason: 'wrong_audience' },
    expired: { token: await issuer.token({ exp: now - 60 }), reason: 'expired' },
    'no expiry': { token: await issuer.token({ exp: undefined }), reason: 'bad_claim' },
    'an expiry in words': { token: await issuer.token({ exp: 'tomorrow' as never }), reason: 'bad_claim' },
    'not valid yet': { token: await issuer.token({ nbf: now + 60 }), reason: 'not_yet_valid' },
    'an unknown critical extension': {
      token: await issuer.token({}, { crit: ['linli-extension'], 'linli-extension': 1 }),
      reason: 'critical_header',
    },
    'a refresh token': { token: await issuer.token({ typ: 'Refresh' }), reason: 'wrong_type' },
    'an identity token': { token: await issuer.token({ typ: 'ID' }), reason: 'wrong_type' },
    'no subject': { token: await issuer.token({ sub: undefined }), reason: 'bad_claim' },
    'the anonymous subject': { token: await issuer.token({ sub: 'anonymous' }), reason: 'bad_claim' },
    'a jurisdiction over everything': { token: await issuer.token({ jurisdiction: [''] }), reason: 'bad_claim' },
    'a jurisdiction that is no code': { token: await issuer.token({ jurisdiction: ['440303%'] }), reason: 'bad_claim' },
    'roles that are no list': {
      token: await issuer.token({ realm_access: { roles: 'operator' } }),
      reason: 'bad_claim',
    },
    'an altered payload': { token: `${head}.${altered}.${signature}`, reason: 'bad_signature' },
    'an altered signature': { token: `${head}.${payload}.${otherSignature}`, reason: 'bad_signature' },
    'no signature': { token: `${head}.${payload}.`, reason: 'bad_signature' },
    'two parts': { token: `${head}.${payload}`, reason: 'malformed' },
    'five parts': { token: `${good}.x.y`, reason: 'malformed' },
    'a header that is no JSON': { token: `bm90IGpzb24.${payload}.${signature}`, reason: 'malformed' },
  };
}

function header(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
