import { count, day, id, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ageOn } from '../age.js';
import { careGrade, highestCareScore } from '../care-grade.js';
import type { Resolvers } from '../generated/graphql.js';
import type { ElderProfile, Prisma, Resident } from '../generated/prisma/client.js';
import { newId } from '../new-id.js';
import { dayIn } from '../shenzhen-day.js';
import { handlersFor } from '../welfare-cases.js';
import { changed, found, requireVersion, servedResident, staffOf, type Tx } from './write.js';

/** Elders (老年人) are 60 and over (老年人权益保障法, article 2). */
const elderAge = 60;

/** An elder for whom the caller may do this. */
export async function servedElder(tx: Tx, residentId: string): Promise<Resident> {
  const resident = await servedResident(tx, residentId);
  if (ageOn(resident.birthDate, tx.now) < elderAge) {
    throw refuse(['residentId'], 'INVALID', '养老服务面向六十周岁及以上的老年人，请核对。');
  }
  return resident;
}

/** A profile that the caller may write, as they last saw it, changed. */
async function change(
  tx: Tx,
  input: { profileId: string; expectedVersion: number },
  data: Prisma.ElderProfileUpdateManyMutationInput,
): Promise<ElderProfile> {
  const profile = found(await tx.rows.elderProfile.findUnique({ where: { id: input.profileId } }), 'profileId');
  requireVersion(profile, input.expectedVersion);
  const rows = await tx.rows.elderProfile.updateManyAndReturn({
    where: { id: profile.id, version: profile.version },
    data: { ...data, version: { increment: 1 } },
  });
  return changed(rows);
}

const versioned = { profileId: id, expectedVersion: version };

/** Profiles of old residents: users of the city's platform, assessments, subsidies. */
export const elderProfileMutations: Resolvers['Mutation'] = {
  joinSmartCare: mutation({
    name: 'joinSmartCare',
    input: z.strictObject({ residentId: id }),
    duplicate: refuse(['residentId'], 'DUPLICATE', '已经是“深圳智慧养老”用户。'),
    async run({ residentId }, tx: Tx) {
      const resident = await servedElder(tx, residentId);
      const joined = await tx.all.elderProfile.updateManyAndReturn({
        where: { residentId, smartCareUser: false },
        data: { smartCareUser: true, version: { increment: 1 } },
      });
      const { communityCode } = resident;
      const profile =
        joined[0] ??
        (await tx.all.elderProfile.create({
          data: {
            id: newId('e'),
            residentId,
            communityCode,
            smartCareUser: true,
            openedOn: dayIn(tx.now),
            handlers: handlersFor(resident),
          },
        }));
      await tx.emit({ type: 'ElderEnrolled', key: profile.id, data: { in: 'SMART_CARE', communityCode } });
      return { profile };
    },
  }),
  leaveSmartCare: mutation({
    name: 'leaveSmartCare',
    input: z.strictObject(versioned),
    run: async (input, tx: Tx) => ({ profile: await change(tx, input, { smartCareUser: false }) }),
  }),
  assessElder: mutation({
    name: 'assessElder',
    input: z.strictObject({ ...versioned, on: day, score: count(0, highestCareScore) }),
    async run({ on, score, ...input }, tx: Tx) {
      const grade = careGrade(score);
      const profile = await change(tx, input, { careGrade: grade });
      const before = await tx.all.elderAssessment.findMany({
        where: { profileId: profile.id },
        orderBy: { no: 'asc' },
      });
      const last = before.at(-1);
      if (on > dayIn(tx.now) || (last && on < last.on)) {
        throw refuse(['on'], 'INVALID', '评估日期不能晚于今天，也不能早于上一次评估，请核对。');
      }
      await tx.all.elderAssessment.create({
        data: { profileId: profile.id, no: before.length + 1, on, score, grade, by: staffOf(tx) },
      });
      return { profile };
    },
  }),
  setElderSubsidy: mutation({
    name: 'setElderSubsidy',
    input: z.strictObject({ ...versioned, amount: count(1, 10_000).nullish() }),
    run: async ({ amount, ...input }, tx: Tx) => ({ profile: await change(tx, input, { subsidy: amount ?? null }) }),
  }),
};
