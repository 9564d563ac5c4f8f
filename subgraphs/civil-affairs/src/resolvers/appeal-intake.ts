import { fourteenthBirthday } from '@linli/kit/minor';
import { communityCode, id, idempotencyKey } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { takeIn } from '../appeals/intake.js';
import { whoActs } from '../appeals/move.js';
import { settleSignal } from '../appeals/settle-signal.js';
import { servesCommunity, unitOfPost } from '../appeals/units.js';
import type { Database } from '../database.js';
import type { AppealChannel, Resolvers } from '../generated/graphql.js';
import { category, content, title } from './appeal-input.js';

type Tx = WriteContext<Database>;

/** The channels that somebody takes appeals in through; the first is meant where none is said. */
function channelsOf({ caller, subject }: Tx): readonly AppealChannel[] {
  if (subject.roles.includes('kiosk')) return ['KIOSK'];
  if (caller.purpose === 'own-affairs') return ['ONLINE'];
  return subject.roles.includes('grid-worker') ? ['GRID_WORKER'] : ['WINDOW', 'HOTLINE'];
}

const again = async (no: string, tx: Tx) => ({ appeal: await tx.all.appeal.findUniqueOrThrow({ where: { no } }) });

const submitAppeal = mutation({
  name: 'submitAppeal',
  input: z.strictObject({
    communityCode,
    category,
    title,
    content,
    residentId: id.nullish(),
    channel: z.enum(['ONLINE', 'WINDOW', 'KIOSK', 'GRID_WORKER', 'HOTLINE']).nullish(),
    anonymous: z.boolean().nullish(),
    aboutUnit: id.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run({ residentId, channel, anonymous, aboutUnit, ...given }, tx: Tx) {
    const channels = channelsOf(tx);
    const forOthers = channels.some((each) => each === 'WINDOW' || each === 'GRID_WORKER');
    const appellantId = residentId ?? (forOthers ? null : (tx.subject.residentId ?? null));
    // Whoever takes in for others answers for their place, and whoever writes for themselves for the person alone.
    tx.requireRelation(
      [forOthers ? 'communityCode' : 'residentId'],
      forOthers ? { community: given.communityCode } : { subject: appellantId },
    );
    if (channel != null && !channels.includes(channel)) {
      throw refuse(['channel'], 'INVALID', `您只能登记以下渠道的诉求：${channels.join('、')}。`);
    }
    if (aboutUnit != null && !servesCommunity(aboutUnit, given.communityCode)) {
      throw refuse(['aboutUnit'], 'INVALID', '没有这个单位，或者它不负责这个社区：请从 appealUnits 中选择。');
    }
    const readable = forOthers ? tx.visible.resident : tx.all.resident;
    const resident = appellantId === null ? null : await readable.findUnique({ where: { id: appellantId } });
    if (appellantId !== null && !resident) {
      throw refuse(['residentId'], 'NOT_FOUND', '没有此人，或者您无权查看：请核对，或者不填诉求人。');
    }
    const unit = forOthers ? unitOfPost(tx.subject, given.communityCode) : null;
    const appeal = await takeIn(
      tx,
      {
        ...given,
        channel: channel ?? channels[0]!,
        appellantId,
        minorUntil: resident && fourteenthBirthday(resident.birthDate),
        anonymous: anonymous ?? false,
        aboutUnit: aboutUnit ?? null,
      },
      forOthers
        ? { action: 'SUBMIT', actor: 'STAFF', unit, ...whoActs(tx) }
        : { action: 'SUBMIT', actor: 'APPELLANT', unit: null },
    );
    return { appeal };
  },
  made: ({ appeal }) => appeal.no,
  again,
});

const openProactiveAppeal = mutation({
  name: 'openProactiveAppeal',
  input: z.strictObject({
    communityCode,
    category,
    title,
    content,
    signalId: id.nullish(),
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run({ signalId, ...given }, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: given.communityCode });
    const unit = unitOfPost(tx.subject, given.communityCode);
    const appeal = await takeIn(
      tx,
      { ...given, channel: 'PROACTIVE', appellantId: null, minorUntil: null, anonymous: false, aboutUnit: null },
      { action: 'OPEN', actor: 'STAFF', unit, ...whoActs(tx) },
    );
    if (signalId != null) await settleSignal(tx, { id: signalId, path: ['signalId'] }, { appeal });
    return { appeal };
  },
  made: ({ appeal }) => appeal.no,
  again,
});

/** How appeals come in: from those who raise them, and from staff who act before anybody does (未诉先办). */
export const appealIntakeResolvers: Resolvers = { Mutation: { submitAppeal, openProactiveAppeal } };
