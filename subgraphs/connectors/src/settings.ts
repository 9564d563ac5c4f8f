import { StartError } from '@linli/kit/errors';
import { z } from 'zod';
import { platforms } from './platforms.js';

const codes = platforms.map(({ code }) => code);

/** What the hub and one platform agreed on. */
const agreement = z.strictObject({
  /** Secret of the signatures in both directions (Standard Webhooks): `whsec_` and 24 to 64 bytes in base64. */
  secret: z.string().regex(/^whsec_[A-Za-z0-9+/]{32,88}={0,2}$/),
  /** Where the platform takes events; unset where it takes none. */
  url: z.url({ protocol: /^https?$/ }).optional(),
});
export type Agreement = z.infer<typeof agreement>;

/** Agreements by the codes of platforms. */
export type Agreements = Readonly<Partial<Record<string, Agreement>>>;

const agreements = z.partialRecord(z.enum(codes as [string, ...string[]]), agreement);

/**
 * Reads `LINLI_PLATFORMS`: JSON of `{ code: { secret, url } }`. A platform that is not in it can send nothing, and what is
 * for it waits.
 * @throws StartError that names what is wrong, and no secret
 */
export function readAgreements(env: NodeJS.ProcessEnv): Agreements {
  const text = env['LINLI_PLATFORMS'];
  if (text === undefined || text === '') return {};
  const wrong = (what: string) =>
    new StartError(
      `The setting LINLI_PLATFORMS is wrong: ${what}. It holds JSON of {"${codes[0]!}": {"secret": "whsec_…", "url": "https://…"}, …}.`,
    );
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw wrong('it is not JSON');
  }
  const read = agreements.safeParse(value);
  if (!read.success) {
    const [issue] = read.error.issues;
    throw wrong(`${issue!.path.join('.') || 'it'} is not as it should be`);
  }
  return read.data;
}
