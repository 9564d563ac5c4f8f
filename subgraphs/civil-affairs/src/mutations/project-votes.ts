import { createHash } from 'node:crypto';
import { communityCode, count, id, idempotencyKey, instant, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { ProjectVote } from '../generated/prisma/client.js';
import { addStep, changed, found, newId, requireState, requireVersion, type Acting, type Tx } from './change.js';
import { projectStates } from './micro-projects.js';
import { ownResident, requireNeighbour } from './people.js';

/** Who votes is of age (有选举权的居民). */
const votingAge = 18;
const voteStates = { OPEN: '投票中', CLOSED: '已结束' } as const;

const openInput = z
  .strictObject({
    communityCode,
    title: text(60),
    projectIds: z.array(id).min(2, { error: '至少两个项目参评。' }).max(20, { error: '最多 20 个项目参评。' }),
    picks: count(1, 19),
    closesAt: instant,
    idempotencyKey: idempotencyKey.nullish(),
  })
  .refine(({ projectIds }) => new Set(projectIds).size === projectIds.length, {
    path: ['projectIds'],
    params: { code: 'DUPLICATE' },
    error: '参评项目有重复，请只列一次。',
  })
  .refine(({ picks, projectIds }) => picks < projectIds.length, {
    path: ['picks'],
    error: '选出的项目应少于参评项目。',
  });

export const openProjectVote = mutation({
  name: 'openProjectVote',
  input: openInput,
  async run(input: z.infer<typeof openInput>, tx: Tx) {
    const { communityCode: code, title, projectIds, picks, closesAt } = input;
    tx.requireRelation(['communityCode'], { community: code });
    if (closesAt <= tx.now) throw refuse(['closesAt'], 'INVALID', '截止时间应晚于现在。');
    const voteId = newId('vote-');
    const vote = await tx.all.projectVote.create({
      data: { id: voteId, communityCode: code, title, state: 'OPEN', opensAt: tx.now, closesAt, picks },
    });
    const { count: taken } = await tx.all.microProject.updateMany({
      where: { id: { in: projectIds }, communityCode: code, state: 'PROPOSED' },
      data: { state: 'VOTING', voteId, version: { increment: 1 } },
    });
    if (taken < projectIds.length) {
      throw refuse(['projectIds'], 'WRONG_STATE', '其中的某个项目不在本社区，或不是“已提出”状态，请核对。');
    }
    for (const projectId of projectIds) await addStep(tx, `project:${projectId}`, 'VOTING');
    return { vote };
  },
  made: ({ vote }) => vote.id,
  again: async (made, tx) => ({ vote: await tx.all.projectVote.findUniqueOrThrow({ where: { id: made } }) }),
});

const castInput = z.strictObject({ voteId: id, projectId: id });

/**
 * A resident votes, once. That they did is kept as a digest, what they chose as a number of the project: no row holds
 * both, and a digest says nothing of when.
 */
export const castProjectVote = mutation({
  name: 'castProjectVote',
  input: castInput,
  async run({ voteId, projectId }: z.infer<typeof castInput>, tx: Tx) {
    const resident = await ownResident(tx, votingAge);
    const row = found(await tx.all.projectVote.findUnique({ where: { id: voteId } }), 'voteId', '评选');
    requireNeighbour(resident, row.communityCode);
    const digest = createHash('sha256').update(`${voteId}/${resident.id}`).digest('hex');
    await tx.all.projectVoter.create({ data: { digest } });
    const [vote] = await tx.all.projectVote.updateManyAndReturn({
      where: { id: voteId, state: 'OPEN', closesAt: { gt: tx.now } },
      data: { voters: { increment: 1 } },
    });
    if (!vote) throw refuse(['voteId'], 'CLOSED', '投票已经截止。');
    const { count: counted } = await tx.all.microProject.updateMany({
      where: { id: projectId, voteId },
      data: { votes: { increment: 1 } },
    });
    if (counted === 0) throw refuse(['projectId'], 'NOT_FOUND', '这个项目不在本次评选之中，请重新选择。');
    return { vote };
  },
  duplicate: refuse(['voteId'], 'DUPLICATE', '您已经投过票，一人一票，不能更改。'),
});

/** Ends a vote: the projects with the most votes are picked; of as many, those that fit their needs better. */
export async function endVote(tx: Acting, row: ProjectVote): Promise<ProjectVote> {
  const vote = changed(
    await tx.all.projectVote.updateManyAndReturn({
      where: { id: row.id, state: 'OPEN' },
      data: { state: 'CLOSED', version: { increment: 1 } },
    }),
  );
  const projects = await tx.all.microProject.findMany({
    where: { voteId: row.id },
    orderBy: [{ votes: 'desc' }, { matchScore: 'desc' }, { id: 'asc' }],
  });
  for (const [rank, project] of projects.entries()) {
    requireState(project.state, ['VOTING'], projectStates);
    const state = rank < row.picks && project.votes > 0 ? 'PICKED' : 'NOT_PICKED';
    await tx.all.microProject.update({ where: { id: project.id }, data: { state, version: { increment: 1 } } });
    await addStep(tx, `project:${project.id}`, state);
  }
  return vote;
}

const closeInput = z.strictObject({ voteId: id, expectedVersion: version });

export const closeProjectVote = mutation({
  name: 'closeProjectVote',
  input: closeInput,
  async run({ voteId, expectedVersion }: z.infer<typeof closeInput>, tx: Tx) {
    const row = found(await tx.all.projectVote.findUnique({ where: { id: voteId } }), 'voteId', '评选');
    tx.requireRelation(['voteId'], { community: row.communityCode });
    requireVersion(row, expectedVersion);
    requireState(row.state, ['OPEN'], voteStates);
    if (row.closesAt > tx.now) throw refuse(['voteId'], 'WRONG_STATE', '还没有到截止时间，届时再结束。');
    return { vote: await endVote(tx, row) };
  },
});
