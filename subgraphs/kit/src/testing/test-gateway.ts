import { exportJWK, generateKeyPair, SignJWT, createLocalJWKSet } from 'jose';
import type { SubgraphName } from '@linli/schema/platforms';
import {
  assertionHeader,
  assertionIssuer,
  assertionType,
  type Caller,
  type RowScope,
  type Subject,
} from '@linli/schema/subject';

export interface Answer {
  status: number;
  // Tests read whatever they asked for.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}

/** Whom a test asks as: the subject with its tester's values for whatever is not given, and what a caller has beside. */
export type TestCaller = Partial<Omit<Caller, 'subject'>> & { readonly subject?: Partial<Subject> };

/** An assertion with some claims or header fields changed, for testing refusals. */
export interface AssertionChange {
  claims?: Record<string, unknown>;
  typ?: string;
  expiresIn?: number;
}

/** Stands for the gateway before one subgraph: signs assertions, by keys of its own, and sends requests with them. */
export interface TestGateway {
  /** What the subgraph verifies assertions by. */
  readonly keys: ReturnType<typeof createLocalJWKSet>;
  /** An assertion for the tester, who sees every row, changed as given. */
  sign(as?: TestCaller, change?: AssertionChange): Promise<string>;
  /** Sends a body with the given assertion header, or none. */
  readonly post: (url: string, body: object, assertion: string | undefined) => Promise<Answer>;
}

const tester: Subject = {
  id: 'tester',
  roles: ['city-supervisor'],
  jurisdiction: ['4403', '4415'],
  purposes: [],
  scopes: [],
};

/** @param scopedTypes the types of whose rows the tester sees every one */
export async function testGateway(subgraph: SubgraphName, scopedTypes: readonly string[]): Promise<TestGateway> {
  const { privateKey, publicKey } = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  const jwk = { ...(await exportJWK(publicKey)), kid: 'test', alg: 'EdDSA' };
  const everyRow: RowScope = Object.fromEntries(scopedTypes.map((type) => [type, ['none' as const]]));
  return {
    keys: createLocalJWKSet({ keys: [jwk] }),
    sign({ subject, ...caller } = {}, change = {}) {
      const now = Math.floor(Date.now() / 1000);
      const asking = { ...tester, ...subject };
      return new SignJWT({
        iss: assertionIssuer,
        aud: subgraph,
        sub: asking.id,
        iat: now,
        exp: now + (change.expiresIn ?? 60),
        standing: { household: [], wards: [] },
        scope: everyRow,
        operation: 'test',
        ...caller,
        subject: asking,
        ...change.claims,
      })
        .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: change.typ ?? assertionType })
        .sign(privateKey);
    },
    post: async (url, body, assertion) => {
      const response = await fetch(url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(assertion !== undefined && { [assertionHeader]: assertion }),
        },
        body: JSON.stringify(body),
      });
      return { status: response.status, ...((await response.json()) as object) };
    },
  };
}
