import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { CryptoKey, JWK } from 'jose';
import { SignJWT, importJWK } from 'jose';
import type { Caller } from '@linli/schema/subject';
import { assertionIssuer, assertionType } from '@linli/schema/subject';
import { StartError } from '../errors.js';
import type { Authority } from '../policy/authority.js';

/**
 * Signs for whom and for what operation (SHA-256 of its text, hex) a request is made, to one department; for a mutation
 * also by which relations it may write. Gives a JWS in compact form, at once where it is known.
 */
export type Assert = (
  authority: Authority,
  operation: string,
  department: string,
  mutation: boolean,
) => string | Promise<string>;

interface Signed {
  assertion: string | Promise<string>;
  until: number;
}

/** By department and operation: two look-ups of names that are kept cost less than to make one name of both. */
type Assertions = Map<string, Map<string, Signed>>;

/** Seconds an assertion is good for, and milliseconds it is used again for the same authority, operation and department. */
const lifetime = 60;
const reuse = 30_000;
/** Assertions kept for one authority and department. */
const kept = 100;

/** Reads the gateway's private key, a JWK file (RFC 8037, Ed25519, with `kid`), and makes the signer. */
export async function assertionSigner(file: string): Promise<Assert> {
  const { key, kid } = await readKey(file);
  const signed = new WeakMap<Authority, Assertions>();
  return (authority, operation, department, mutation) => {
    let departments = signed.get(authority);
    if (!departments) signed.set(authority, (departments = new Map<string, Map<string, Signed>>()));
    let assertions = departments.get(department);
    if (!assertions) departments.set(department, (assertions = new Map<string, Signed>()));
    // A document may hold a query and a mutation.
    const name = mutation ? `mutation ${operation}` : operation;
    const known = assertions.get(name);
    if (known && known.until > Date.now()) return known.assertion;
    const assertion = sign(key, kid, callerOf(authority, operation, department, mutation), department);
    const entry: Signed = { assertion, until: Date.now() + reuse };
    if (assertions.size >= kept) assertions.clear();
    assertions.set(name, entry);
    // An assertion that could not be signed is not kept: the next request tries again.
    assertion.then(
      (signed) => (entry.assertion = signed),
      () => (entry.until = 0),
    );
    return assertion;
  };
}

function callerOf(authority: Authority, operation: string, department: string, mutation: boolean): Caller {
  const { subject, standing, declaration } = authority;
  const { purpose } = declaration;
  const scope = authority.scopeOf(department);
  const writes = mutation ? { writes: authority.writesOf(department) } : {};
  return { subject, standing, scope, ...writes, operation, ...(purpose !== undefined && { purpose }) };
}

function sign(key: CryptoKey, kid: string, caller: Caller, department: string): Promise<string> {
  const iat = Math.floor(Date.now() / 1000);
  return new SignJWT({ ...caller })
    .setProtectedHeader({ alg: 'EdDSA', kid, typ: assertionType })
    .setIssuer(assertionIssuer)
    .setAudience(department)
    .setSubject(caller.subject.id)
    .setIssuedAt(iat)
    .setExpirationTime(iat + lifetime)
    .setJti(randomUUID())
    .sign(key);
}

async function readKey(file: string): Promise<{ key: CryptoKey; kid: string }> {
  const bad = (problem: string) =>
    new StartError(
      `LINLI_ASSERTION_KEY_FILE: ${file} ${problem}. It must hold the gateway's private key, a JWK of type Ed25519 with a kid.`,
    );
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch {
    throw bad('cannot be read');
  }
  try {
    const jwk = JSON.parse(text) as JWK;
    if (jwk.kty !== 'OKP' || jwk.crv !== 'Ed25519' || !jwk.d || !jwk.kid) throw new Error('not an Ed25519 key');
    return { key: (await importJWK(jwk, 'EdDSA')) as CryptoKey, kid: jwk.kid };
  } catch {
    throw bad('is no such key');
  }
}
