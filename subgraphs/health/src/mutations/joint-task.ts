import { id, text, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { JointTaskState, Resolvers } from '../generated/graphql.js';
import { missing, partId, stale, updated, type Tx } from './transaction.js';

const names: Readonly<Record<JointTaskState, string>> = {
  PENDING: '待办',
  IN_PROGRESS: '办理中',
  DONE: '已完成',
  CANCELLED: '因事件解除而撤销',
};

/** Reports of the three parties, each of its own task. */
export const jointTaskMutations: Resolvers['Mutation'] = {
  reportJointTask: mutation({
    name: 'reportJointTask',
    input: z.strictObject({
      id,
      state: z.enum(['IN_PROGRESS', 'DONE'], { error: '报告之后为办理中或已完成。' }),
      text: text(1000),
      expectedVersion: version,
    }),
    async run({ id: taskId, state, text: words, expectedVersion }, tx: Tx) {
      const before = await tx.rows.jointHealthTask.findUnique({ where: { id: taskId } });
      if (!before) throw missing('id', '项任务');
      if (before.state === 'DONE' || before.state === 'CANCELLED') {
        throw refuse(['id'], 'WRONG_STATE', `这项任务${names[before.state]}，只有待办或办理中的可以报告。`);
      }
      if (before.version !== expectedVersion) throw stale();
      const changed = await tx.rows.jointHealthTask.updateManyAndReturn({
        where: { id: taskId, version: expectedVersion },
        data: { state, version: { increment: 1 } },
      });
      const task = updated(changed);
      const number = (await tx.all.jointTaskReport.count({ where: { taskId } })) + 1;
      const staffId = tx.subject.staffId ?? task.handlers[0]!;
      await tx.all.jointTaskReport.create({
        data: { id: partId(taskId, number), taskId, number, state, at: tx.now, staffId, text: words },
      });
      const { eventId, communityCode, party } = task;
      await tx.emit({ type: 'JointTaskReported', key: taskId, data: { taskId, eventId, communityCode, party, state } });
      return { task };
    },
  }),
};
