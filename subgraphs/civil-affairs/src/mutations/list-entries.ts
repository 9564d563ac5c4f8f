import { count, day, id, text } from '@linli/kit/writing/fields';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { CommunityNeed, Deliberation, MicroProject } from '../generated/prisma/client.js';
import type { LivelihoodCategory, ProjectOrigin } from '../generated/graphql.js';
import { projectScore } from '../three-lists/match-score.js';
import { addStep, changed, newId, type Tx } from './change.js';

export const livelihoodCategories: LivelihoodCategory[] = [
  'ELDER_CARE',
  'CHILD_CARE',
  'HEALTH',
  'CULTURE_SPORTS',
  'ENVIRONMENT',
  'SAFETY',
  'CONVENIENCE',
  'ASSISTANCE',
];
const category = z.enum(livelihoodCategories);
const most = 100_000;

export const needInput = z.strictObject({
  category,
  title: text(60),
  description: text(1000),
  quantity: count(1, most),
});

export const deliberationInput = z
  .strictObject({
    title: text(60),
    summary: text(2000),
    opensOn: day,
    closesOn: day,
    seats: count(1, 500).nullish(),
  })
  .refine(({ opensOn, closesOn }) => opensOn <= closesOn, { path: ['closesOn'], error: '截止日期不能早于开始日期。' });

export const microProjectInput = z.strictObject({
  category,
  title: text(60),
  description: text(2000),
  needIds: z.array(id).min(1, { error: '项目至少对应一项需求。' }).max(10, { error: '需求最多 10 项。' }),
  resourceIds: z.array(id).min(1, { error: '项目至少对应一项资源。' }).max(10, { error: '资源最多 10 项。' }),
  budgetYuan: count(1, 10_000_000),
});

/** Where something new is listed, and what resident's proposal it came of. */
export interface Listing {
  communityCode: string;
  proposalId?: string;
}

export function createNeed(tx: Tx, listing: Listing, need: z.infer<typeof needInput>): Promise<CommunityNeed> {
  return tx.all.communityNeed.create({
    data: { ...need, ...listing, id: newId('need-'), state: 'OPEN', listedOn: tx.now },
  });
}

export async function createDeliberation(
  tx: Tx,
  listing: Listing,
  { seats, ...deliberation }: z.infer<typeof deliberationInput>,
): Promise<Deliberation> {
  const row = await tx.all.deliberation.create({
    data: { ...deliberation, ...listing, id: newId('deliberation-'), seats: seats ?? null, state: 'ANNOUNCED' },
  });
  await addStep(tx, `deliberation:${row.id}`, row.state);
  return row;
}

/**
 * A project out of needs of its community and resources that can be had; its needs are matched from then on.
 * @param path of the project in the mutation's input
 */
export async function createProject(
  tx: Tx,
  listing: Listing & { origin: ProjectOrigin },
  { needIds, resourceIds, ...project }: z.infer<typeof microProjectInput>,
  path: string,
): Promise<MicroProject> {
  const wanted = { needs: [...new Set(needIds)], resources: [...new Set(resourceIds)] };
  const needs = await tx.all.communityNeed.findMany({
    where: { id: { in: wanted.needs }, communityCode: listing.communityCode },
  });
  if (needs.length < wanted.needs.length) {
    throw refuse([path, 'needIds'], 'NOT_FOUND', '本社区的需求清单中没有其中的某项需求，请核对。');
  }
  const open = needs.filter(({ state }) => state === 'OPEN' || state === 'MATCHED');
  if (open.length < needs.length) {
    throw refuse([path, 'needIds'], 'CLOSED', '其中的某项需求已经满足或关闭，请重新选择。');
  }
  const resources = await tx.all.communityResource.findMany({ where: { id: { in: wanted.resources } } });
  if (resources.length < wanted.resources.length) {
    throw refuse([path, 'resourceIds'], 'NOT_FOUND', '资源清单中没有其中的某项资源，请核对。');
  }
  if (resources.some(({ state }) => state === 'WITHDRAWN')) {
    throw refuse([path, 'resourceIds'], 'CLOSED', '其中的某项资源已撤回，请重新选择。');
  }
  for (const need of needs) {
    if (need.state !== 'OPEN') continue;
    changed(
      await tx.all.communityNeed.updateManyAndReturn({
        where: { id: need.id, version: need.version },
        data: { state: 'MATCHED', version: { increment: 1 } },
      }),
    );
  }
  const row = await tx.all.microProject.create({
    data: {
      ...project,
      ...listing,
      id: newId('project-'),
      state: 'PROPOSED',
      needIds: wanted.needs,
      resourceIds: wanted.resources,
      matchScore: projectScore(needs, resources),
      proposedOn: tx.now,
    },
  });
  await addStep(tx, `project:${row.id}`, row.state);
  return row;
}
