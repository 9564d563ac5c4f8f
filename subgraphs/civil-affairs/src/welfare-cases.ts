import { fourteenthBirthday, isMinor } from '@linli/kit/minor';
import { communityWorkerOfCase, socialWorkerOfCase } from '@linli/kit/population/staff';
import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from './database.js';
import type { WelfareAction, WelfareKind, WelfareSource, WelfareState } from './generated/graphql.js';
import type { Resident, WelfareCase } from './generated/prisma/client.js';
import { newId } from './new-id.js';
import { assignStaff } from './queries/assign-staff.js';

/** The social worker and the community worker who handle what concerns a resident. */
export function handlersFor({ id, communityCode, householdId }: Resident): string[] {
  return [socialWorkerOfCase(communityCode, id), communityWorkerOfCase(communityCode, householdId)];
}

/** The last day on which one of them is under 14; null where all are older. */
export function minorUntil(residents: readonly Resident[]): Date | null {
  const days = residents.map(({ birthDate }) => fourteenthBirthday(birthDate)).filter((day) => isMinor(day));
  return days.length ? new Date(Math.max(...days.map((day) => day.getTime()))) : null;
}

/** Opens a case. Fails as a duplicate where one of the members is covered by an open case of this kind. */
export async function openCase(
  tx: SystemContext<Database>,
  opening: {
    kind: WelfareKind;
    foundBy: WelfareSource;
    applicant: Resident;
    members: readonly Resident[];
    situation: string;
    by: string | null;
  },
): Promise<WelfareCase> {
  const { kind, foundBy, applicant, members, situation, by } = opening;
  const id = newId('w');
  const memberIds = members.map((member) => member.id);
  const handlers = handlersFor(applicant);
  const state = foundBy === 'APPLICATION' ? 'APPLIED' : 'REFERRED';
  await tx.all.welfareCover.createMany({ data: memberIds.map((residentId) => ({ residentId, kind, caseId: id })) });
  const row = await tx.all.welfareCase.create({
    data: {
      id,
      kind,
      state,
      applicantId: applicant.id,
      householdId: applicant.householdId,
      memberIds,
      communityCode: applicant.communityCode,
      foundBy,
      appliedAt: tx.now,
      situation,
      minorUntil: minorUntil(members),
      handlers,
    },
  });
  await addStep(tx, row, state, by, null);
  await assignStaff(tx, [...new Set([applicant.id, ...memberIds])], handlers);
  return row;
}

/** Writes down what was done with a case; its row is locked by the change that this belongs to. */
export async function addStep(
  tx: SystemContext<Database>,
  { id, state }: { id: string; state: WelfareState },
  action: WelfareAction,
  by: string | null,
  note: string | null,
): Promise<void> {
  const no = (await tx.all.welfareStep.count({ where: { caseId: id } })) + 1;
  await tx.all.welfareStep.create({ data: { caseId: id, no, action, state, at: tx.now, by, note } });
}
