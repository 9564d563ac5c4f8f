import type { WriteContext } from '@linli/kit/writing/mutation';
import type { Database } from './database.js';

/** Nobody who is alive today is under 14 after so many years. */
const childhoodYears = 14;

/**
 * Until when somebody's new rows are those of a child. Education knows it of pupils. A ward of whom it does not is taken
 * for a child as long as anybody could be one, so that the stricter rules hold; whoever acts for themselves is none.
 */
export async function minorUntilOf(tx: WriteContext<Database>, residentId: string): Promise<Date | null> {
  const pupil = await tx.all.schoolPlacement.findUnique({ where: { residentId }, select: { minorUntil: true } });
  if (pupil) return pupil.minorUntil;
  if (residentId === tx.subject.residentId) return null;
  const until = new Date(tx.now);
  until.setUTCFullYear(until.getUTCFullYear() + childhoodYears);
  return until;
}
