import { refuse } from '@linli/kit/writing/refusal';
import type { WriteContext } from '@linli/kit/writing/mutation';
import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { Appeal } from '../generated/prisma/client.js';
import { lockAppeals } from '../queries/appeal-rows.js';
import { advance } from './advance.js';
import type { Act } from './course.js';
import { actingUnit, type Party } from './jurisdiction.js';
import { keepParties, partiesOf } from './parties.js';
import { ruleOf } from './rules.js';

/** An appeal as its user looked at it. */
export interface Seen {
  readonly no: string;
  readonly expectedVersion: number;
}

/**
 * Takes a step: the state, the step and the event that tells of it, in one transaction.
 * @param appeal held by `lockAppeals`
 * @param named staff who handle it from now on, for the units that have a part in it
 */
export async function move(
  tx: SystemContext<Database>,
  appeal: Appeal,
  act: Act,
  named: readonly Party[] = [],
): Promise<Appeal> {
  const { no, category, communityCode } = appeal;
  const last = await tx.all.appealStep.findUniqueOrThrow({
    where: { appealNo_seq: { appealNo: no, seq: appeal.steps } },
  });
  // Clocks of two machines may differ: a step is never before the one that it follows.
  const at = last.at > tx.now ? last.at : tx.now;
  const { changes, step } = advance(appeal, act, at, await ruleOf(tx, category));
  await tx.all.appealStep.create({ data: step });
  const handlers = await keepParties(tx, { ...appeal, ...changes }, await partiesOf(tx, no), named);
  const moved = await tx.all.appeal.update({
    where: { no },
    data: { ...changes, handlers, version: { increment: 1 } },
  });
  await tx.emit({
    type: 'AppealMoved',
    key: no,
    data: { no, action: act.action, from: appeal.state, state: moved.state, category, communityCode, lead: moved.lead },
  });
  return moved;
}

/**
 * Finds an appeal that the caller may write through this mutation, and holds it until the transaction ends.
 * @param path where the input names it
 * @throws Refusal NOT_FOUND; CONFLICT where somebody changed it since the caller looked
 */
export async function hold(
  tx: WriteContext<Database>,
  { no, expectedVersion }: Seen,
  path: readonly string[] = [],
  name = 'no',
): Promise<Appeal> {
  await lockAppeals(tx, [no]);
  const appeal = await tx.rows.appeal.findUnique({ where: { no } });
  if (!appeal) throw refuse([...path, name], 'NOT_FOUND', '没有这件诉求，或者您无权办理，请核对编号。');
  if (appeal.version !== expectedVersion) {
    throw refuse([...path, 'expectedVersion'], 'CONFLICT', `诉求 ${no} 已被他人修改，请重新读取后再试。`);
  }
  return appeal;
}

/** An act of a member of staff, for the unit that they act for. */
export async function staffAct(
  tx: WriteContext<Database>,
  { no, communityCode }: Appeal,
  act: Omit<Act, 'actor' | 'unit' | 'staffId' | 'department'>,
): Promise<Act & { unit: string }> {
  const unit = actingUnit(tx.subject, communityCode, await partiesOf(tx, no));
  if (unit === null) throw refuse(null, 'NOT_ALLOWED', '您不属于办理这件诉求的任何单位。');
  return { ...act, actor: 'STAFF', unit, ...whoActs(tx) };
}

/** Who acts: the staff id, and of supervisors, who have none, the account's. */
export function whoActs({ subject }: WriteContext<Database>): Pick<Act, 'staffId' | 'department'> {
  return { staffId: subject.staffId ?? subject.id, department: subject.department ?? null };
}

/** An act of whoever raised the appeal. */
export function appellantAct(act: Omit<Act, 'actor' | 'unit' | 'staffId' | 'department'>): Act {
  return { ...act, actor: 'APPELLANT', unit: null };
}

/** The caller as one of a unit's staff; nobody where they have no staff id. */
export function oneself(tx: WriteContext<Database>, unit: string): Party {
  const { staffId } = tx.subject;
  return { unit, staff: staffId === undefined ? [] : [staffId] };
}
