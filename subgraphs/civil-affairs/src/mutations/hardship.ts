import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { HardshipState, Resolvers } from '../generated/graphql.js';
import type { HardshipLead, Resident } from '../generated/prisma/client.js';
import { WelfareKind } from '../generated/prisma/enums.js';
import { openCase } from '../welfare-cases.js';
import { changed, found, requireState, requireVersion, staffOf, type Tx } from './write.js';

const states: Record<HardshipState, string> = {
  NEW: '新线索，待接手',
  TAKEN: '已接手，正在查明',
  CONFIRMED: '查明属实，已转为救助个案',
  DISMISSED: '查明不需要救助',
};

/** The resident whom a lead turned out to be about, who lives where it was found. */
async function residentOf(tx: Tx, lead: HardshipLead, residentId: string | null | undefined): Promise<Resident> {
  const known = lead.residentId ?? residentId;
  if (known == null) throw refuse(['residentId'], 'REQUIRED', '转为救助个案须先查明是哪位居民，请填写。');
  const resident = await tx.all.resident.findUnique({ where: { id: known } });
  return found(resident?.communityCode === lead.communityCode ? resident : null, 'residentId');
}

/** What becomes of leads to people in hardship: somebody looks into each, and decides. */
export const hardshipMutations: Resolvers['Mutation'] = {
  takeHardshipLead: mutation({
    name: 'takeHardshipLead',
    input: z.strictObject({ id, expectedVersion: version }),
    async run(input, tx: Tx) {
      const lead = found(await tx.rows.hardshipLead.findUnique({ where: { id: input.id } }));
      requireVersion(lead, input.expectedVersion);
      requireState(lead.state, ['NEW'], states, '接手');
      const rows = await tx.rows.hardshipLead.updateManyAndReturn({
        where: { id: lead.id, version: lead.version },
        data: { state: 'TAKEN', version: { increment: 1 } },
      });
      return { lead: changed(rows) };
    },
  }),
  resolveHardshipLead: mutation({
    name: 'resolveHardshipLead',
    input: z.strictObject({
      id,
      expectedVersion: version,
      kind: z.enum(WelfareKind).nullish(),
      residentId: id.nullish(),
      outcome: text(1000),
    }),
    duplicate: refuse(['kind'], 'DUPLICATE', '这位居民已在同类救助的个案中，请改为不需要另行救助。'),
    async run({ kind, outcome, ...input }, tx: Tx) {
      const lead = found(await tx.rows.hardshipLead.findUnique({ where: { id: input.id } }));
      // A signal that comes at the same time finds this lead open, or opens another one.
      if (lead.openKey !== null) await tx.lock(`hardship ${lead.openKey}`);
      requireVersion(lead, input.expectedVersion);
      requireState(lead.state, ['TAKEN'], states, '查明');
      const resident = kind == null ? null : await residentOf(tx, lead, input.residentId);
      const by = staffOf(tx);
      const opened =
        kind == null || resident === null
          ? null
          : await openCase(tx, {
              kind,
              foundBy: 'DISCOVERY',
              applicant: resident,
              members: [resident],
              situation: outcome,
              by,
            });
      const rows = await tx.rows.hardshipLead.updateManyAndReturn({
        where: { id: lead.id, version: lead.version },
        data: {
          state: opened ? 'CONFIRMED' : 'DISMISSED',
          outcome,
          openKey: null,
          caseId: opened?.id ?? null,
          residentId: resident?.id ?? lead.residentId,
          version: { increment: 1 },
        },
      });
      return { lead: changed(rows), case: opened };
    },
  }),
};
