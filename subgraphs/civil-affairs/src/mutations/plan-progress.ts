import { count, idempotencyKey, text } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import { found, type Tx } from './change.js';
import { requireCity } from './service-catalogue.js';

const noteInput = z.strictObject({
  taskNo: count(1, 39),
  status: z.enum(['NOT_STARTED', 'IN_PROGRESS', 'DELAYED', 'COMPLETED']),
  text: text(2000),
  evidence: z
    .array(
      z.url({ protocol: /^https$/, error: '请填写 https 开头的网址。' }).max(500, { error: '网址最长 500 字符。' }),
    )
    .max(10, { error: '佐证材料最多 10 个。' }),
  idempotencyKey: idempotencyKey.nullish(),
});

/** A department's officer says how a task is getting on; a mistake is put right by the next entry. */
export const notePlanTask = mutation({
  name: 'notePlanTask',
  input: noteInput,
  async run({ taskNo, status, text: said, evidence }: z.infer<typeof noteInput>, tx: Tx) {
    requireCity(tx);
    const { department } = tx.subject;
    if (department === undefined) throw refuse(null, 'NOT_ALLOWED', '只有部门的数据专员可以记录。');
    const task = found(await tx.all.planTask.findUnique({ where: { no: taskNo } }), 'taskNo', '任务');
    await tx.lock(`task:${taskNo}`);
    const number = (await tx.all.planTaskNote.count({ where: { taskNo } })) + 1;
    const key = `task:${String(taskNo).padStart(2, '0')}#${String(number).padStart(3, '0')}`;
    await tx.all.planTaskNote.create({
      data: { id: key, taskNo, at: tx.now, department, status, text: said, evidence: [...new Set(evidence)] },
    });
    await tx.emit({ type: 'PlanTaskNoted', key: String(taskNo), data: { taskNo, department, status } });
    return { task };
  },
  made: ({ task }) => String(task.no),
  again: async (made, tx) => ({ task: await tx.all.planTask.findUniqueOrThrow({ where: { no: Number(made) } }) }),
});
