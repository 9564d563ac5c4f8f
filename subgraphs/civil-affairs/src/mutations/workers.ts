import { communityCode, count, day, id, idempotencyKey, phone, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { changed, found, newId, requireVersion, type Tx } from './change.js';

const post = z.enum(['SECRETARY', 'COMMITTEE_MEMBER', 'WORKER', 'CHILDREN_DIRECTOR']);
const qualification = z.enum(['NONE', 'ASSISTANT_SOCIAL_WORKER', 'SOCIAL_WORKER', 'SENIOR_SOCIAL_WORKER']);
/** Grades of the posts (分类分档), 1 to 18; a default, the plan names no number. */
const grade = count(1, 18);

const appointInput = z.strictObject({
  communityCode,
  name: text(50),
  post,
  grade,
  qualification,
  phone: phone.nullish(),
  gridWorker: z.boolean(),
  idempotencyKey: idempotencyKey.nullish(),
});

/** A community has one secretary (一肩挑): refused as long as another one is in post. */
async function requireNoSecretary(tx: Tx, community: string, except?: string): Promise<void> {
  await tx.lock(`secretary:${community}`);
  const other = await tx.all.communityWorker.findFirst({
    where: { communityCode: community, post: 'SECRETARY', inPost: true, ...(except && { id: { not: except } }) },
  });
  if (other) throw refuse(['post'], 'DUPLICATE', '本社区已有在岗的社区党委书记，请先登记其离岗。');
}

export const appointWorker = mutation({
  name: 'appointWorker',
  input: appointInput,
  async run({ idempotencyKey: _, ...worker }: z.infer<typeof appointInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: worker.communityCode });
    if (worker.post === 'SECRETARY') await requireNoSecretary(tx, worker.communityCode);
    const row = await tx.all.communityWorker.create({
      data: { ...worker, id: newId('worker-'), phone: worker.phone ?? null },
    });
    return { worker: row };
  },
  made: ({ worker }) => worker.id,
  again: async (made, tx) => ({ worker: await tx.all.communityWorker.findUniqueOrThrow({ where: { id: made } }) }),
});

const changeInput = z
  .strictObject({
    workerId: id,
    expectedVersion: version,
    post: post.nullish(),
    grade: grade.nullish(),
    qualification: qualification.nullish(),
    inPost: z.boolean().nullish(),
  })
  .refine((input) => [input.post, input.grade, input.qualification, input.inPost].some((value) => value != null), {
    params: { code: 'REQUIRED' },
    error: '请至少填写一项要调整的内容。',
  });

/** What is not given stays as it is. Who leaves chairs no committee any longer, nor cares for the children of the community. */
export const changeWorker = mutation({
  name: 'changeWorker',
  input: changeInput,
  async run({ workerId, expectedVersion, ...given }: z.infer<typeof changeInput>, tx: Tx) {
    const row = found(await tx.rows.communityWorker.findUnique({ where: { id: workerId } }), 'workerId', '社区工作者');
    requireVersion(row, expectedVersion);
    const next = {
      post: given.post ?? row.post,
      grade: given.grade ?? row.grade,
      qualification: given.qualification ?? row.qualification,
      inPost: given.inPost ?? row.inPost,
    };
    if (next.inPost && next.post === 'SECRETARY') await requireNoSecretary(tx, row.communityCode, workerId);
    if (!next.inPost || (next.post !== 'SECRETARY' && next.post !== 'COMMITTEE_MEMBER')) {
      await tx.all.subCommittee.updateMany({
        where: { communityCode: row.communityCode, chairId: workerId },
        data: { chairId: null, version: { increment: 1 } },
      });
    }
    if (!next.inPost || next.post !== 'CHILDREN_DIRECTOR') {
      await tx.all.childrenDirector.deleteMany({ where: { workerId } });
    }
    const worker = changed(
      await tx.rows.communityWorker.updateManyAndReturn({
        where: { id: workerId, version: expectedVersion },
        data: { ...next, version: { increment: 1 } },
      }),
    );
    return { worker };
  },
});

const trainingInput = z.strictObject({
  workerId: id,
  course: text(100),
  provider: text(100),
  hours: z.number().min(0.5, { error: '学时至少 0.5 小时。' }).max(1000, { error: '学时最多 1000 小时。' }),
  completedOn: day,
});

export const recordWorkerTraining = mutation({
  name: 'recordWorkerTraining',
  input: trainingInput,
  async run(input: z.infer<typeof trainingInput>, tx: Tx) {
    const { workerId, completedOn } = input;
    const { communityCode: code } = found(
      await tx.rows.communityWorker.findUnique({ where: { id: workerId } }),
      'workerId',
      '社区工作者',
    );
    if (completedOn > tx.now) throw refuse(['completedOn'], 'INVALID', '完成日期不能晚于今天。');
    const training = await tx.all.workerTraining.create({
      data: { ...input, id: newId('training-'), communityCode: code },
    });
    return { training };
  },
  duplicate: refuse(null, 'DUPLICATE', '这次培训已经登记过。'),
});
