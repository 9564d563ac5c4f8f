import { randomUUID } from 'node:crypto';
import { communityCode, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation, type WriteContext } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Database } from '../database.js';
import type { PsychologicalAidState, Resolvers } from '../generated/graphql.js';
import { minorUntilOf } from '../minor-until.js';
import { communityTeacher } from '../posts.js';
import { stepId } from '../step-id.js';
import { notFound, requireVersion, stale } from './checks.js';

const stateNames: Record<PsychologicalAidState, string> = {
  REQUESTED: '已请求',
  ACCEPTED: '已受理',
  COUNSELLING: '辅导中',
  REFERRED: '已转介医疗机构',
  CLOSED: '已结束',
};

/** Where a case can go from where it is. */
const next: Record<PsychologicalAidState, readonly PsychologicalAidState[]> = {
  REQUESTED: ['ACCEPTED', 'CLOSED'],
  ACCEPTED: ['COUNSELLING', 'REFERRED', 'CLOSED'],
  COUNSELLING: ['REFERRED', 'CLOSED'],
  REFERRED: ['COUNSELLING', 'CLOSED'],
  CLOSED: [],
};

/**
 * Help for children in trouble. Whoever asks for it gets a receipt and no more: the case exists for its handlers alone, so
 * that nobody learns from asking whether somebody else has asked before.
 */
export const psychologicalAidMutations: Resolvers['Mutation'] = {
  requestPsychologicalAid: mutation({
    name: 'requestPsychologicalAid',
    input: z.strictObject({
      childId: id,
      communityCode,
      concern: z.enum(['EMOTION', 'STUDY_PRESSURE', 'PEERS', 'FAMILY', 'OTHER']),
      details: text(1000),
      idempotencyKey: idempotencyKey.nullish(),
    }),
    async run({ childId, communityCode: code, concern, details }, tx: WriteContext<Database>) {
      const pupil = await tx.all.schoolPlacement.findUnique({ where: { residentId: childId } });
      tx.requireRelation(['childId'], { subject: childId, assigned: pupil?.handlers ?? [] });
      const aid = await tx.all.psychologicalAid.create({
        data: {
          id: randomUUID(),
          childId,
          requestedBy: tx.caller.standing.wards.includes(childId) ? 'GUARDIAN' : 'TEACHER',
          concern,
          details,
          requestedAt: tx.now,
          state: 'REQUESTED',
          communityCode: code,
          handlers: [communityTeacher(code)],
          minorUntil: await minorUntilOf(tx, childId),
        },
      });
      await tx.all.psychologicalAidStep.create({
        data: { id: stepId(aid.id, aid.version), aidId: aid.id, at: tx.now, to: 'REQUESTED' },
      });
      await tx.emit({ type: 'PsychologicalAidRequested', key: code, data: { communityCode: code } });
      return { receipt: aid.id };
    },
    made: ({ receipt }) => receipt,
    again: (receipt) => Promise.resolve({ receipt }),
  }),

  movePsychologicalAid: mutation({
    name: 'movePsychologicalAid',
    input: z.strictObject({
      aidId: id,
      to: z.enum(['REQUESTED', 'ACCEPTED', 'COUNSELLING', 'REFERRED', 'CLOSED']),
      note: text(1000).nullish(),
      expectedVersion: version,
    }),
    async run({ aidId, to, note, expectedVersion }, tx: WriteContext<Database>) {
      const before = await tx.rows.psychologicalAid.findUnique({ where: { id: aidId } });
      if (!before) throw notFound('aidId', '件援助');
      requireVersion(before, expectedVersion);
      const possible = next[before.state];
      if (!possible.includes(to)) {
        const names = possible.map((state) => `“${stateNames[state]}”`).join('、');
        const what = possible.length ? `只能转为${names}。` : '不能再办理，请重新请求援助。';
        throw refuse(['to'], 'WRONG_STATE', `现在是“${stateNames[before.state]}”，${what}`);
      }
      const [aid] = await tx.rows.psychologicalAid.updateManyAndReturn({
        where: { id: aidId, version: expectedVersion },
        data: { state: to, version: { increment: 1 } },
      });
      if (!aid) throw stale();
      await tx.all.psychologicalAidStep.create({
        data: { id: stepId(aidId, aid.version), aidId, at: tx.now, from: before.state, to, note: note ?? null },
      });
      return { aid };
    },
  }),
};
