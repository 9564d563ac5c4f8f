import type { Consumers } from '@linli/kit/events/inbox';
import type { LinliEvent } from '@linli/kit/events/event';
import type { SystemContext } from '@linli/kit/writing/system';
import { geography } from '@linli/schema/geography';
import { z } from 'zod';
import type { Database } from '../database.js';
import { HardshipReason } from '../generated/prisma/enums.js';
import type { HardshipSource } from '../generated/graphql.js';
import { signalHardship } from '../hardship.js';

const communities = new Set(geography.communities.map(({ code }) => code));

/** What other departments say of somebody who may be in hardship. What they know beside stays with them. */
const risk = z.object({
  residentId: z.string().min(1).max(64).nullish(),
  communityCode: z.string().refine((code) => communities.has(code)),
  reason: z.enum(HardshipReason).catch('OTHER'),
});

/** Makes a signal of an event; one that does not say where is of no use, and passed over. */
async function signalFrom(source: HardshipSource, { data }: LinliEvent, tx: SystemContext<Database>): Promise<void> {
  const parsed = risk.safeParse(data);
  if (!parsed.success) return;
  const { residentId, communityCode, reason } = parsed.data;
  const resident = residentId == null ? null : await tx.all.resident.findUnique({ where: { id: residentId } });
  if (residentId != null && resident === null) return;
  await signalHardship(tx, { resident, communityCode, source, reason, detail: null });
}

/**
 * What other departments find at their work (政府找): each joins the lead about its resident, or opens one for somebody to
 * look into. Their staff can say the same themselves, by `reportHardship`.
 */
export const hardshipConsumers: Consumers<Database> = {
  'public-security.ResidentNeedsHelp': (event, tx) => signalFrom('GRID', event, tx),
};
