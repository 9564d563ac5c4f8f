import type { ServiceCaseState } from '../generated/graphql.js';
import type { ServiceCase } from '../generated/prisma/client.js';
import { addStep, changed, found, requireState, requireVersion, type Tx } from './change.js';

/** What users know the states of a case by. */
export const caseStates: Record<ServiceCaseState, string> = {
  APPLIED: '已申请',
  SUPPLEMENT_NEEDED: '待补充材料',
  HANDLING: '办理中',
  DECIDED: '已办结',
  WITHDRAWN: '已撤回',
};

/** The case that the caller may act on, as they saw it, in one of the states in which this can be done. */
export async function caseToMove(
  tx: Tx,
  { caseId, expectedVersion }: { caseId: string; expectedVersion: number },
  allowed: readonly ServiceCaseState[],
): Promise<ServiceCase> {
  const row = found(await tx.rows.serviceCase.findUnique({ where: { id: caseId } }), 'caseId', '办件');
  requireVersion(row, expectedVersion);
  requireState(row.state, allowed, caseStates);
  return row;
}

/** Moves a case on, notes the step, and tells whoever follows it. */
export async function moveCase(
  tx: Tx,
  row: ServiceCase,
  data: Partial<Omit<ServiceCase, 'id' | 'version'>> & { state: ServiceCaseState },
  note?: string | null,
): Promise<ServiceCase> {
  const moved = changed(
    await tx.all.serviceCase.updateManyAndReturn({
      where: { id: row.id, version: row.version },
      data: { ...data, version: { increment: 1 } },
    }),
  );
  await addStep(tx, `case:${row.id}`, moved.state, note);
  const { itemCode, communityCode, state } = moved;
  await tx.emit({
    type: 'ServiceCaseMoved',
    key: row.id,
    data: { caseId: row.id, itemCode, communityCode, from: row.state, state },
  });
  return moved;
}
