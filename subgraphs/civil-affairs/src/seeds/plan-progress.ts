import { defineSeed } from '@linli/kit/seeding/seed';
import { plan } from '@linli/schema/plan';

/** Every third task has a first entry in the ledger, an example: the plan itself reports no progress. */
export const planProgressSeed = defineSeed({
  name: 'plan-progress',
  tables: { plan_task_note: ['id', 'task_no', 'at', 'department', 'status', 'text', 'evidence'] },
  run({ load }) {
    for (const { no } of plan.tasks) {
      if (no % 3 !== 1) continue;
      const id = `task:${String(no).padStart(2, '0')}#001`;
      const text = '示例：已制定年度实施方案并分解到各区。';
      load.row('plan_task_note', [id, no, '2025-01-15T02:00:00Z', 'civil-affairs', 'IN_PROGRESS', text, []]);
    }
    return Promise.resolve();
  },
});
