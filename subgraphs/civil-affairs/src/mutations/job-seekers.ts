import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { ageOn } from '../age.js';
import type { JobSeekerState, Resolvers } from '../generated/graphql.js';
import type { JobSeeker, Prisma, Resident } from '../generated/prisma/client.js';
import { EmploymentGroup, Engagement, JobSeekerState as SeekerState, Occupation } from '../generated/prisma/enums.js';
import { newId } from '../new-id.js';
import { dayIn } from '../shenzhen-day.js';
import { handlersFor } from '../welfare-cases.js';
import { changed, found, requireState, requireVersion, servedResident, type Tx } from './write.js';

/** The youngest age of work (劳动法, article 15). */
const workingAge = 16;

export const seekerStates: Record<JobSeekerState, string> = {
  SEEKING: '求职中',
  EMPLOYED: '已就业',
  FLEXIBLE: '灵活就业',
  WITHDRAWN: '已退出',
};

/** A resident old enough to work, for whom the caller may do this. */
export async function servedWorker(tx: Tx, residentId: string): Promise<Resident> {
  const resident = await servedResident(tx, residentId);
  if (ageOn(resident.birthDate, tx.now) < workingAge) {
    throw refuse(['residentId'], 'INVALID', '须年满十六周岁，请核对。');
  }
  return resident;
}

async function change(
  tx: Tx,
  input: { id: string; expectedVersion: number },
  data: Prisma.JobSeekerUpdateManyMutationInput,
  check?: (seeker: JobSeeker) => void,
): Promise<JobSeeker> {
  const seeker = found(await tx.rows.jobSeeker.findUnique({ where: { id: input.id } }));
  requireVersion(seeker, input.expectedVersion);
  check?.(seeker);
  const rows = await tx.rows.jobSeeker.updateManyAndReturn({
    where: { id: seeker.id, version: seeker.version },
    data: { ...data, version: { increment: 1 } },
  });
  return changed(rows);
}

/** From which states a job seeker may go to each by their own word; employed is who was hired. */
const before: Record<JobSeekerState, readonly JobSeekerState[]> = {
  SEEKING: ['EMPLOYED', 'FLEXIBLE', 'WITHDRAWN'],
  FLEXIBLE: ['SEEKING', 'EMPLOYED'],
  WITHDRAWN: ['SEEKING', 'EMPLOYED', 'FLEXIBLE'],
  EMPLOYED: [],
};

/** Residents who look for work. */
export const jobSeekerMutations: Resolvers['Mutation'] = {
  registerJobSeeker: mutation({
    name: 'registerJobSeeker',
    input: z.strictObject({
      residentId: id,
      occupation: z.enum(Occupation),
      engagements: z.array(z.enum(Engagement)).min(1, { error: '请至少选一种用工方式。' }).max(5),
      group: z.enum(EmploymentGroup).nullish(),
    }),
    duplicate: refuse(['residentId'], 'DUPLICATE', '已在求职登记中。'),
    async run({ residentId, occupation, engagements, group }, tx: Tx) {
      const resident = await servedWorker(tx, residentId);
      const wanted = {
        occupation,
        engagements: [...new Set(engagements)],
        group: group ?? null,
        state: SeekerState.SEEKING,
        registeredOn: dayIn(tx.now),
      };
      const [again] = await tx.all.jobSeeker.updateManyAndReturn({
        where: { residentId, state: { not: 'SEEKING' } },
        data: { ...wanted, version: { increment: 1 } },
      });
      if (again) return { seeker: again };
      const { communityCode } = resident;
      const made = { id: newId('j'), residentId, communityCode, handlers: handlersFor(resident), ...wanted };
      return { seeker: await tx.all.jobSeeker.create({ data: made }) };
    },
  }),
  recogniseEmploymentDifficulty: mutation({
    name: 'recogniseEmploymentDifficulty',
    input: z.strictObject({ id, expectedVersion: version, reason: text(200).nullish() }),
    async run({ reason, ...input }, tx: Tx) {
      const data = { difficulty: reason != null, difficultyReason: reason ?? null };
      return { seeker: await change(tx, input, data) };
    },
  }),
  changeJobSeekerState: mutation({
    name: 'changeJobSeekerState',
    input: z.strictObject({ id, expectedVersion: version, state: z.enum(SeekerState) }),
    async run({ state, ...input }, tx: Tx) {
      if (state === 'EMPLOYED') throw refuse(['state'], 'INVALID', '已就业由录用结果记入，请改填录用结果。');
      const seeker = await change(tx, input, { state }, (each) =>
        requireState(each.state, before[state], seekerStates, `改为“${seekerStates[state]}”`),
      );
      return { seeker };
    },
  }),
};
