import type { SystemContext } from '@linli/kit/writing/system';
import type { Database } from '../database.js';
import type { Course } from './course.js';
import type { Party } from './jurisdiction.js';

/** The units that have a part in an appeal. */
export function unitsIn({ firstReceiver, lead, transferTo, jointUnits }: Course): string[] {
  return [...new Set([firstReceiver, lead, transferTo, ...jointUnits].filter((unit) => unit !== null))];
}

export function partiesOf(tx: SystemContext<Database>, no: string): Promise<Party[]> {
  return tx.all.appealParty.findMany({ where: { appealNo: no }, orderBy: { unit: 'asc' } });
}

/**
 * Keeps who handles an appeal to the units that have a part in it, and adds staff to some of them.
 * @returns all staff who handle it now
 */
export async function keepParties(
  tx: SystemContext<Database>,
  course: Course,
  parties: readonly Party[],
  named: readonly Party[],
): Promise<string[]> {
  const { no } = course;
  const units = unitsIn(course);
  const staff = new Map(parties.filter(({ unit }) => units.includes(unit)).map((party) => [party.unit, party.staff]));
  for (const party of named) {
    if (!units.includes(party.unit) || party.staff.length === 0) continue;
    const all = [...new Set([...(staff.get(party.unit) ?? []), ...party.staff])];
    staff.set(party.unit, all);
    const row = { appealNo: no, unit: party.unit };
    await tx.all.appealParty.upsert({
      where: { appealNo_unit: row },
      create: { ...row, staff: all },
      update: { staff: all },
    });
  }
  await tx.all.appealParty.deleteMany({ where: { appealNo: no, unit: { notIn: units } } });
  return [...new Set([...staff.values()].flat())];
}
