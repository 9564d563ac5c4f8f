import { communityCode, count, id, idempotencyKey, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { z } from 'zod';
import type { NeedState, ResourceState } from '../generated/graphql.js';
import { changed, found, newId, requireState, requireVersion, type Tx } from './change.js';
import { createNeed, livelihoodCategories, needInput } from './list-entries.js';

const needStates: Record<NeedState, string> = {
  OPEN: '待对接',
  MATCHED: '已有项目对接',
  MET: '已满足',
  CLOSED: '已关闭',
};
const resourceStates: Record<ResourceState, string> = { AVAILABLE: '可用', WITHDRAWN: '已撤回' };

const listInput = z.strictObject({ communityCode, need: needInput, idempotencyKey: idempotencyKey.nullish() });

export const listNeed = mutation({
  name: 'listNeed',
  input: listInput,
  async run({ communityCode: code, need }: z.infer<typeof listInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: code });
    return { need: await createNeed(tx, { communityCode: code }, need) };
  },
  made: ({ need }) => need.id,
  again: async (made, tx) => ({ need: await tx.all.communityNeed.findUniqueOrThrow({ where: { id: made } }) }),
});

const closeInput = z.strictObject({ needId: id, expectedVersion: version, met: z.boolean() });

export const closeNeed = mutation({
  name: 'closeNeed',
  input: closeInput,
  async run({ needId, expectedVersion, met }: z.infer<typeof closeInput>, tx: Tx) {
    const row = found(await tx.all.communityNeed.findUnique({ where: { id: needId } }), 'needId', '需求');
    tx.requireRelation(['needId'], { community: row.communityCode });
    requireVersion(row, expectedVersion);
    requireState(row.state, ['OPEN', 'MATCHED'], needStates);
    const need = changed(
      await tx.all.communityNeed.updateManyAndReturn({
        where: { id: needId, version: expectedVersion },
        data: { state: met ? 'MET' : 'CLOSED', version: { increment: 1 } },
      }),
    );
    return { need };
  },
});

const resourceInput = z.strictObject({
  communityCode,
  category: z.enum(livelihoodCategories),
  title: text(100),
  provider: text(100),
  quantity: count(1, 100_000),
  unit: text(10),
  idempotencyKey: idempotencyKey.nullish(),
});

export const listCommunityResource = mutation({
  name: 'listCommunityResource',
  input: resourceInput,
  async run({ idempotencyKey: _, ...resource }: z.infer<typeof resourceInput>, tx: Tx) {
    tx.requireRelation(['communityCode'], { community: resource.communityCode });
    return {
      resource: await tx.all.communityResource.create({
        data: { ...resource, id: newId('resource-'), state: 'AVAILABLE', listedOn: tx.now },
      }),
    };
  },
  made: ({ resource }) => resource.id,
  again: async (made, tx) => ({ resource: await tx.all.communityResource.findUniqueOrThrow({ where: { id: made } }) }),
});

const withdrawInput = z.strictObject({ resourceId: id, expectedVersion: version });

export const withdrawCommunityResource = mutation({
  name: 'withdrawCommunityResource',
  input: withdrawInput,
  async run({ resourceId, expectedVersion }: z.infer<typeof withdrawInput>, tx: Tx) {
    const row = found(await tx.all.communityResource.findUnique({ where: { id: resourceId } }), 'resourceId', '资源');
    tx.requireRelation(['resourceId'], { community: row.communityCode });
    requireVersion(row, expectedVersion);
    requireState(row.state, ['AVAILABLE'], resourceStates);
    const resource = changed(
      await tx.all.communityResource.updateManyAndReturn({
        where: { id: resourceId, version: expectedVersion },
        data: { state: 'WITHDRAWN', version: { increment: 1 } },
      }),
    );
    return { resource };
  },
});
