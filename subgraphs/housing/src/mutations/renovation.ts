import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import type { MutationResolvers, RenovationState } from '../generated/graphql.js';
import { requireMove, type Moves, type Names } from '../states.js';
import { yearIn } from '../today.js';
import { newId, requireChanged, requireVersion } from './case.js';
import { estateFor } from './estate.js';
import { year } from './fields.js';

const moves: Moves<RenovationState> = { PLANNED: ['UNDER_WAY'], UNDER_WAY: ['COMPLETED'], COMPLETED: [] };
const names: Names<RenovationState> = { PLANNED: '已列入计划', UNDER_WAY: '施工中', COMPLETED: '已完工' };

const planRenovation = mutation({
  name: 'planRenovation',
  input: z.strictObject({
    projectId: id,
    kind: z.enum(['BASIC', 'IMPROVEMENT', 'UPGRADE', 'PUBLIC_SPACE']),
    works: text(200),
    year,
  }),
  duplicate: refuse(['kind'], 'DUPLICATE', '这个小区已有这一类改造。'),
  async run(input, tx: Tx) {
    const now = yearIn(tx.now);
    if (input.year < now || input.year > now + 5) {
      throw refuse(['year'], 'INVALID', '计划年度应在今年至五年之内。');
    }
    const { communityCode } = await estateFor(tx, input.projectId);
    const old = await tx.all.building.findFirst({ where: { projectId: input.projectId, oldEstate: true } });
    if (!old) throw refuse(['projectId'], 'INVALID', '这个小区不是老旧小区，不能列入老旧小区改造计划。');
    const data = { id: newId('g'), state: 'PLANNED', communityCode, ...input } as const;
    return { renovation: await tx.all.renovation.create({ data }) };
  },
});

const moveRenovation = mutation({
  name: 'moveRenovation',
  input: z.strictObject({
    renovationId: id,
    to: z.enum(['PLANNED', 'UNDER_WAY', 'COMPLETED']),
    expectedVersion: version,
  }),
  async run({ renovationId, to, expectedVersion }, tx: Tx) {
    const before = await tx.all.renovation.findUnique({ where: { id: renovationId } });
    if (!before) throw refuse(['renovationId'], 'NOT_FOUND', '没有这项改造，请核对标识。');
    tx.requireRelation(['renovationId'], { community: before.communityCode });
    requireVersion(before, expectedVersion);
    requireMove(['to'], { from: before.state, to, moves, names });
    const where = { id: renovationId, version: expectedVersion };
    requireChanged(await tx.all.renovation.updateMany({ where, data: { state: to, version: { increment: 1 } } }));
    const renovation = await tx.all.renovation.findUniqueOrThrow({ where: { id: renovationId } });
    const { kind, projectId, communityCode } = renovation;
    await tx.emit({
      type: 'RenovationMoved',
      key: renovationId,
      data: { renovationId, kind, state: to, projectId, communityCode },
    });
    return { renovation };
  },
});

/** Renovation of old estates: put into a year's plan, begun and completed. */
export const renovationMutations: MutationResolvers = { planRenovation, moveRenovation };
