import { communityCode } from '@linli/kit/writing/fields';
import { z } from 'zod';

/** The body of an event that a platform sends. Anything more is refused: nothing is stored that nobody reads. */
export const envelope = z.strictObject({
  /** One of the types that the platform may send. */
  type: z.string().max(64),
  occurredAt: z.iso.datetime({ offset: true }),
  community: communityCode,
  /** Ids, codes, states and numbers; no names, numbers of people, or texts of theirs. */
  data: z
    .record(z.string().max(64), z.union([z.string().max(200), z.number(), z.boolean(), z.null()]))
    .refine((data) => Object.keys(data).length <= 32, { error: 'at most 32 members' })
    .default({}),
});
export type Envelope = z.infer<typeof envelope>;
