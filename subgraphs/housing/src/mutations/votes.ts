import { randomBytes } from 'node:crypto';
import { count, day, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { OwnersVote } from '../generated/prisma/client.js';
import type { MutationResolvers } from '../generated/graphql.js';
import { countVoter, fixRoll, markVoted, putBallot } from '../queries/ballot-box.js';
import { dateIn } from '../today.js';
import { abstention, motionOptions } from '../votes/decision.js';
import { lineOf, receiptOf } from '../votes/receipts.js';
import { newId, requireChanged, requireVersion } from './case.js';
import { closeOwnersVote } from './close-vote.js';
import { estateFor, ownedEstate } from './estate.js';
import { buildingCode, unitCode } from './fields.js';

const dayMs = 86_400_000;
/** Days that a vote is open: defaults of this hub. */
const fewestDays = 1;
const mostDays = 60;

const option = text(50).refine((said) => said !== abstention, { error: '弃权由系统加在最后，不必填写。' });

const createOwnersVote = mutation({
  name: 'createOwnersVote',
  input: z.strictObject({
    projectId: id,
    topic: text(100),
    kind: z.enum(['MOTION', 'SELECTION']),
    majority: z.enum(['ORDINARY', 'MAJOR']),
    options: z.array(option).max(10, { error: '选项至多 10 项。' }).nullish(),
    buildingCodes: z.array(buildingCode).max(200, { error: '楼栋至多 200 个。' }).nullish(),
    opensOn: day,
    closesOn: day,
    idempotencyKey: idempotencyKey.nullish(),
  }),
  async run(input, tx: Tx) {
    const { projectId, topic, kind, majority, opensOn, closesOn } = input;
    const options = optionsOf(input);
    const days = (closesOn.getTime() - opensOn.getTime()) / dayMs;
    if (opensOn < dateIn(tx.now)) throw refuse(['opensOn'], 'INVALID', '表决开始日不早于今天。');
    if (days < fewestDays || days > mostDays) {
      throw refuse(['closesOn'], 'INVALID', `表决截止日应在开始日之后 ${fewestDays} 至 ${mostDays} 日。`);
    }
    const project = await estateFor(tx, projectId);
    const buildings = [...new Set(input.buildingCodes ?? [])].sort();
    const known = await tx.all.building.findMany({ where: { projectId, code: { in: buildings } } });
    if (known.length < buildings.length) {
      throw refuse(['buildingCodes'], 'NOT_FOUND', '有楼栋不在这个小区，请核对楼栋编码。');
    }
    const homes = buildings.length
      ? await tx.all.housingUnit.count({ where: { buildingCode: { in: buildings } } })
      : await tx.all.housingUnit.count({ where: { buildingCode: { in: await buildingsOf(tx, projectId) } } });
    const vote = await tx.all.ownersVote.create({
      data: {
        id: newId('v'),
        ...{ topic, projectId, kind, majority, options, buildings, opensOn, closesOn },
        state: 'SCHEDULED',
        eligible: homes,
        communityCode: project.communityCode,
        handlers: project.handlers,
      },
    });
    await tx.emit({ type: 'OwnersVoteCreated', key: vote.id, data: eventData(vote) });
    return { vote };
  },
  made: ({ vote }) => vote.id,
  again: async (made, tx) => ({ vote: await tx.all.ownersVote.findUniqueOrThrow({ where: { id: made } }) }),
});

async function buildingsOf(tx: Tx, projectId: string): Promise<string[]> {
  const buildings = await tx.all.building.findMany({ where: { projectId }, select: { code: true } });
  return buildings.map(({ code }) => code);
}

/** The options of a vote, to abstain last. @throws Refusal where a motion names some, or a selection too few or one twice */
function optionsOf({ kind, options }: { kind: 'MOTION' | 'SELECTION'; options?: string[] | null | undefined }) {
  const named = options ?? [];
  if (kind === 'MOTION') {
    if (named.length > 0) throw refuse(['options'], 'INVALID', '议案的选项固定为赞成、反对、弃权，不必填写选项。');
    return motionOptions;
  }
  if (named.length < 2) throw refuse(['options'], 'REQUIRED', '选择方式须有 2 至 10 个选项。');
  if (new Set(named).size < named.length) throw refuse(['options'], 'INVALID', '选项不能重复。');
  return [...named, abstention];
}

function eventData({ id: voteId, projectId, communityCode, state, eligible }: OwnersVote) {
  return { voteId, projectId, communityCode, state, eligible };
}

const openOwnersVote = mutation({
  name: 'openOwnersVote',
  input: z.strictObject({ voteId: id, expectedVersion: version }),
  async run({ voteId, expectedVersion }, tx: Tx) {
    const before = await tx.rows.ownersVote.findUnique({ where: { id: voteId } });
    if (!before) throw refuse(['voteId'], 'NOT_FOUND', '没有这次业主表决，或您无权办理。');
    requireVersion(before, expectedVersion);
    if (before.state !== 'SCHEDULED') throw refuse(['voteId'], 'WRONG_STATE', '只有未开始的表决可以开始。');
    const today = dateIn(tx.now);
    if (today < before.opensOn) throw refuse(['voteId'], 'WRONG_STATE', '未到表决开始日，请到期再开始。');
    if (today > before.closesOn) throw refuse(['voteId'], 'CLOSED', '已过表决截止日，请重新发起。');
    const where = { id: voteId, version: expectedVersion };
    requireChanged(await tx.rows.ownersVote.updateMany({ where, data: { state: 'OPEN', version: { increment: 1 } } }));
    const { homes, areaM2 } = await fixRoll(tx, before);
    if (homes === 0) throw refuse(['voteId'], 'WRONG_STATE', '名册为空：小区没有登记房屋，不能开始表决。');
    const vote = await tx.all.ownersVote.update({
      where: { id: voteId },
      data: { eligible: homes, eligibleAreaM2: areaM2, voted: 0, votedAreaM2: 0 },
    });
    await tx.emit({ type: 'OwnersVoteOpened', key: voteId, data: eventData(vote) });
    return { vote };
  },
});

/**
 * A retry needs no idempotency key, which would have to remember the ballot together with its voter: a home votes once, and
 * whoever sent a code of their own can look for its receipt.
 */
const castBallot = mutation({
  name: 'castBallot',
  input: z.strictObject({
    voteId: id,
    unitCode,
    option: count(1, 11),
    code: z
      .string()
      .regex(/^[0-9a-f]{32,64}$/, { error: '凭据为 32 至 64 位十六进制小写字符，请随机产生，或不送。' })
      .nullish(),
  }),
  async run({ voteId, unitCode: home, option: chosen, code: given }, tx: Tx) {
    const project = await ownedEstate(tx, home);
    const vote = await tx.all.ownersVote.findUnique({ where: { id: voteId } });
    if (!vote) throw refuse(['voteId'], 'NOT_FOUND', '没有这次业主表决，请核对标识。');
    if (vote.projectId !== project.id) throw refuse(['unitCode'], 'NOT_ALLOWED', '这套房屋不在表决的小区。');
    const today = dateIn(tx.now);
    if (vote.state === 'SCHEDULED' || today < vote.opensOn) {
      throw refuse(['voteId'], 'WRONG_STATE', '表决尚未开始，请开始后再投。');
    }
    const over = refuse(['voteId'], 'CLOSED', '表决已截止，不能再投。');
    if (vote.state !== 'OPEN' || today > vote.closesOn) throw over;
    if (chosen > vote.options.length) {
      throw refuse(['option'], 'INVALID', `选项编号应为 1 至 ${vote.options.length}。`);
    }
    const marked = await markVoted(tx, { voteId, unitCode: home });
    if (marked === 'absent') throw refuse(['unitCode'], 'NOT_ALLOWED', '这套房屋不在本次表决的名册上。');
    if (marked === 'before') throw refuse(['unitCode'], 'DUPLICATE', '这套房屋已投票，投出后不能更改。');
    const code = given ?? randomBytes(16).toString('hex');
    const receipt = receiptOf(voteId, chosen, code);
    // What all voters write comes last, so that they wait for each other as briefly as can be.
    const turnout = await countVoter(tx, voteId, marked);
    if (!turnout) throw over;
    if (!(await putBallot(tx, voteId, lineOf({ receipt, option: chosen })))) {
      throw refuse(['code'], 'INVALID', '请换一个随机产生的凭据，或不送。');
    }
    await tx.emit({
      type: 'OwnersVoteTurnout',
      key: voteId,
      data: { voteId, ...turnout, eligible: vote.eligible },
    });
    return { vote: { ...vote, ...turnout }, code, receipt };
  },
});

/** Owners' votes: created, opened with a roll, cast secretly, closed with a result that anybody can count anew. */
export const voteMutations: MutationResolvers = { createOwnersVote, openOwnersVote, castBallot, closeOwnersVote };
