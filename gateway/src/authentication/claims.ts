import { z } from 'zod';
import type { JWTPayload } from 'jose';
import type { Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import { invalidToken } from '../errors.js';

const text = z.string().min(1).max(200);
/** Keycloak writes a single value of a multivalued attribute as an array or as a string, by the mapper's settings. */
const texts = z.union([z.array(text).max(500), text.transform((one) => [one])]);

/**
 * What the gateway reads of a token, by Keycloak's names. The prefixes of a jurisdiction are checked strictly: an empty
 * one would be a prefix of every code there is.
 */
const claims = z.object({
  sub: text.refine((sub) => sub !== anonymous.id),
  typ: z.literal('Bearer'),
  azp: text.optional(),
  realm_access: z.object({ roles: z.array(text).max(500) }).optional(),
  department: text.optional(),
  jurisdiction: texts.pipe(z.array(z.string().regex(/^\d{4,12}$/))).optional(),
  resident_id: text.optional(),
  staff_id: text.optional(),
  scope: z.string().max(4000).optional(),
  purposes: texts.optional(),
});

/** Makes the frozen Subject of a verified token's claims; throws a Refusal that names a bad claim, never its value. */
export function subjectOf(payload: JWTPayload): Subject {
  const parsed = claims.safeParse(payload);
  if (!parsed.success) {
    const claim = parsed.error.issues[0]?.path.slice(0, 2).join('.') ?? 'unknown';
    if (claim === 'typ') throw invalidToken('wrong_type', 'it is not an access token (the claim typ must be Bearer)');
    throw invalidToken('bad_claim', `its claim ${claim} is missing or not as agreed`);
  }
  const { sub, realm_access, department, jurisdiction, resident_id, staff_id, azp, purposes, scope } = parsed.data;
  const list = (values: readonly string[] | undefined) => Object.freeze([...new Set(values)].sort());
  return Object.freeze({
    id: sub,
    roles: list(realm_access?.roles),
    ...(department !== undefined && { department }),
    jurisdiction: list(jurisdiction),
    ...(resident_id !== undefined && { residentId: resident_id }),
    ...(azp !== undefined && { client: azp }),
    purposes: list(purposes),
    ...(staff_id !== undefined && { staffId: staff_id }),
    scopes: list(scope?.split(' ').filter((one) => one !== '')),
  });
}
