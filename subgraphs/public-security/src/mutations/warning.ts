import { id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { EmergencyHazard, Resolvers, WarningAct, WarningChannel, WarningLevel } from '../generated/graphql.js';
import type { Warning } from '../generated/prisma/client.js';
import { datedId } from '../new-id.js';
import { isPlace, placeName } from '../place-name.js';
import { terminalsOnline } from '../queries/broadcast-terminals.js';
import { changed, type Writing } from '../writing.js';

const mostPrefixes = 20;
const channels = z.array(z.custom<WarningChannel>()).min(1, { error: '请至少选择一种发布渠道。' });

/** The area of a warning: places that there are, none within another, all of them the caller's to warn. */
function checkArea(tx: Writing, prefixes: readonly string[]): void {
  for (const [i, prefix] of prefixes.entries()) {
    const field = ['prefixes', String(i)];
    if (!isPlace(prefix)) throw refuse(field, 'INVALID', '没有这个地点，请核对区划代码前缀。');
    if (prefixes.some((other, j) => j !== i && prefix.startsWith(other))) {
      throw refuse(field, 'INVALID', '发布范围互相包含或重复，请只留较大的一个。');
    }
    tx.requireRelation(field, { community: prefix });
  }
}

async function areaOf(tx: Writing, warningId: string): Promise<string[]> {
  const areas = await tx.all.warningArea.findMany({ where: { warningId }, orderBy: { prefix: 'asc' } });
  return areas.map(({ prefix }) => prefix);
}

/** Writes the wording down, and tells the public feed, the broadcast and whoever else listens. */
async function announce(tx: Writing, act: WarningAct, warning: Warning, text: string, area: string[]): Promise<void> {
  const { id: warningId, version: number, kind, level, channels: by } = warning;
  const terminals = by.includes('BROADCAST') ? await terminalsOnline(tx, area) : null;
  await tx.all.warningRevision.create({
    data: { warningId, version: number, act, level, text, at: tx.now, terminals },
  });
  const data = { warningId, act, kind, level, version: number, prefixes: area, channels: by };
  await tx.emit({ type: 'WarningPublished', key: warningId, data });
}

/** The warning that somebody is about to change, as they have seen it, with its area. */
async function activeWarning(tx: Writing, { id, expectedVersion }: { id: string; expectedVersion: number }) {
  const warning = await tx.all.warning.findUnique({ where: { id } });
  const area = warning ? await areaOf(tx, id) : [];
  if (!warning || !area.every((prefix) => tx.isRelated({ community: prefix }))) {
    throw refuse(['id'], 'NOT_FOUND', '没有这条预警，或不归您发布。');
  }
  if (warning.liftedAt) throw refuse(['id'], 'WRONG_STATE', '预警已解除，不能再变更；如有需要请重新发布。');
  if (warning.version !== expectedVersion) throw changed();
  return { warning, area };
}

async function change(tx: Writing, { id, version }: Warning, data: Partial<Warning>): Promise<Warning> {
  const [warning] = await tx.all.warning.updateManyAndReturn({
    where: { id, version },
    data: { ...data, version: version + 1 },
  });
  if (!warning) throw changed();
  return warning;
}

export const warningMutations: Resolvers['Mutation'] = {
  publishWarning: mutation({
    name: 'publishWarning',
    input: z.strictObject({
      kind: z.custom<EmergencyHazard>(),
      level: z.custom<WarningLevel>(),
      text: text(500),
      prefixes: z
        .array(z.string())
        .min(1, { error: '请填写发布范围。' })
        .max(mostPrefixes, { error: `发布范围至多 ${mostPrefixes} 个。` }),
      channels,
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ kind, level, text: wording, prefixes, channels: by }, tx: Writing) {
      checkArea(tx, prefixes);
      const warning = await tx.all.warning.create({
        data: {
          id: datedId('W', tx.now),
          kind,
          level,
          text: wording,
          place: placeName(prefixes),
          issuedAt: tx.now,
          channels: [...new Set(by)],
        },
      });
      await tx.all.warningArea.createMany({ data: prefixes.map((prefix) => ({ warningId: warning.id, prefix })) });
      await announce(tx, 'PUBLISHED', warning, wording, [...prefixes].sort());
      return { warning };
    },
    made: ({ warning }) => warning.id,
    again: async (id, tx) => ({ warning: await tx.all.warning.findUniqueOrThrow({ where: { id } }) }),
  }),

  updateWarning: mutation({
    name: 'updateWarning',
    input: z.strictObject({
      id,
      expectedVersion: version,
      level: z.custom<WarningLevel>().nullish(),
      text: text(500).nullish(),
      channels: channels.nullish(),
    }),
    async run({ level, text: wording, channels: by, ...input }, tx: Writing) {
      const { warning: seen, area } = await activeWarning(tx, input);
      if (level == null && wording == null && by == null) {
        throw refuse(null, 'REQUIRED', '请至少填写级别、正文、发布渠道中的一项。');
      }
      const warning = await change(tx, seen, {
        level: level ?? seen.level,
        text: wording ?? seen.text,
        channels: by ? [...new Set(by)] : seen.channels,
      });
      await announce(tx, 'UPDATED', warning, warning.text, area);
      return { warning };
    },
  }),

  withdrawWarning: mutation({
    name: 'withdrawWarning',
    input: z.strictObject({ id, expectedVersion: version, text: text(500) }),
    async run({ text: wording, ...input }, tx: Writing) {
      const { warning: seen, area } = await activeWarning(tx, input);
      const warning = await change(tx, seen, { liftedAt: tx.now });
      await announce(tx, 'WITHDRAWN', warning, wording, area);
      return { warning };
    },
  }),
};
