import { request } from 'undici';
import { z } from 'zod';
import type { JSONWebKeySet } from 'jose';

/** What the gateway reads of an issuer's metadata (OpenID Connect Discovery 1.0, section 3). */
const metadata = z.object({
  issuer: z.string(),
  jwks_uri: z.url({ protocol: /^https?$/ }),
  authorization_endpoint: z.string().optional(),
  token_endpoint: z.string().optional(),
  end_session_endpoint: z.string().optional(),
});
const keySet = z.object({ keys: z.array(z.looseObject({ kty: z.string() })).max(100) });

export type IssuerMetadata = z.infer<typeof metadata>;

const timeout = 3000;
const maxBytes = 1_000_000;

/** Why an issuer could not be asked, in words that may be shown: no address in them. */
export class IssuerFault extends Error {
  override name = 'IssuerFault';
}

/** Fetches the metadata of an issuer; it must call itself exactly what it is called here. */
export async function discover(issuer: string): Promise<IssuerMetadata> {
  const found = metadata.safeParse(await fetchJson(`${issuer}/.well-known/openid-configuration`));
  if (!found.success) throw new IssuerFault("the identity provider's metadata is incomplete");
  if (found.data.issuer !== issuer) {
    throw new IssuerFault('the identity provider calls itself by another name than LINLI_ISSUER');
  }
  return found.data;
}

/** Fetches a key set (RFC 7517, section 5). */
export async function fetchKeys(uri: string): Promise<JSONWebKeySet> {
  const found = keySet.safeParse(await fetchJson(uri));
  if (!found.success) throw new IssuerFault("the identity provider's key set cannot be read");
  return found.data;
}

async function fetchJson(url: string): Promise<unknown> {
  let status: number;
  let text = '';
  try {
    const signal = AbortSignal.timeout(timeout);
    const response = await request(url, { headers: { accept: 'application/json' }, signal });
    status = response.statusCode;
    response.body.setEncoding('utf8');
    for await (const chunk of response.body as AsyncIterable<string>) {
      text += chunk;
      if (text.length > maxBytes) throw new IssuerFault('the identity provider answers too much');
    }
  } catch (error) {
    if (error instanceof IssuerFault) throw error;
    throw new IssuerFault('the identity provider cannot be reached', { cause: error });
  }
  if (status !== 200) throw new IssuerFault(`the identity provider answered with HTTP status ${status}`);
  try {
    return JSON.parse(text);
  } catch {
    throw new IssuerFault('the identity provider did not answer with JSON');
  }
}
