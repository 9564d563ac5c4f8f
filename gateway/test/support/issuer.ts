import type { Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { CryptoKey, JWK, JWTPayload } from 'jose';
import { SignJWT, exportJWK, generateKeyPair } from 'jose';

type Algorithm = 'RS256' | 'PS256' | 'ES256' | 'EdDSA';

interface Key {
  kid: string;
  alg: Algorithm;
  privateKey: CryptoKey;
  jwk: JWK;
}

/** A real OpenID Connect issuer as far as a resource server sees one: discovery and keys over HTTP. */
export class Issuer {
  readonly requests = { discovery: 0, keys: 0 };
  /** Sent in place of the key set, where set. */
  answer: { status: number; body: string } | undefined;
  #keys: Key[] = [];
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${this.#port}/realms/linli`;
  }

  get publicKeys(): JWK[] {
    return this.#keys.map(({ jwk }) => jwk);
  }

  static async start(): Promise<Issuer> {
    const issuer = new Issuer();
    await issuer.rotate('first');
    await issuer.listen();
    return issuer;
  }

  async listen(): Promise<void> {
    this.#server = createServer((request, response) => {
      response.setHeader('content-type', 'application/json');
      if (request.url === '/realms/linli/.well-known/openid-configuration') {
        this.requests.discovery += 1;
        response.end(
          JSON.stringify({
            issuer: this.url,
            jwks_uri: `${this.url}/certs`,
            authorization_endpoint: `${this.url}/auth`,
            token_endpoint: `${this.url}/token`,
          }),
        );
      } else if (request.url === '/realms/linli/certs') {
        this.requests.keys += 1;
        if (this.answer) response.statusCode = this.answer.status;
        response.end(this.answer?.body ?? JSON.stringify({ keys: this.publicKeys }));
      } else {
        response.statusCode = 404;
        response.end('{}');
      }
    });
    await new Promise<void>((resolve) => this.#server?.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (this.#server.address() as AddressInfo).port;
  }

  /** Replaces all keys by one new one. */
  async rotate(kid: string, alg: Algorithm = 'RS256'): Promise<void> {
    this.#keys = [];
    await this.addKey(kid, alg);
  }

  async addKey(kid: string, alg: Algorithm): Promise<void> {
    const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
    this.#keys.push({ kid, alg, privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } });
  }

  /** Claims of a good token, as Keycloak would write them. */
  claims(): JWTPayload {
    const now = Math.floor(Date.now() / 1000);
    return {
      iss: this.url,
      aud: ['linli-gateway', 'account'],
      sub: '2f5e3b9c-0001-4000-8000-000000000001',
      typ: 'Bearer',
      azp: 'linli-explorer',
      iat: now,
      exp: now + 300,
      preferred_username: 'social-worker',
      realm_access: { roles: ['social-worker', 'offline_access'] },
      department: 'civil-affairs',
      jurisdiction: ['440303001001'],
      purposes: ['social-assistance'],
    };
  }

  /** Signs a token; `claims` are laid over the good ones, `undefined` takes one away. */
  async token(claims: JWTPayload = {}, header: Record<string, unknown> = {}): Promise<string> {
    const key = this.#keys.find(({ kid }) => kid === header['kid']) ?? this.#keys[0];
    if (!key) throw new Error('The issuer has no key.');
    return new SignJWT({ ...this.claims(), ...claims })
      .setProtectedHeader({ alg: key.alg, typ: 'JWT', kid: key.kid, ...header })
      .sign(key.privateKey, { crit: { 'linli-extension': true } });
  }

  /** Stops to listen; `listen` starts again on the same port. */
  async close(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (!server) return;
    await new Promise((resolve) => {
      server.close(resolve);
      server.closeAllConnections();
    });
  }
}
