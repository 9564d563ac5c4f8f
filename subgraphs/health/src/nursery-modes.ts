import type { NurseryMode } from './generated/graphql.js';

type ModeField = 'fullDay' | 'halfDay' | 'hourly' | 'temporary';

/** Where each mode is kept: the row's field and the table's column that say whether it is offered. */
export const nurseryModes: Readonly<Record<NurseryMode, { field: ModeField; column: string }>> = {
  FULL_DAY: { field: 'fullDay', column: 'full_day' },
  HALF_DAY: { field: 'halfDay', column: 'half_day' },
  HOURLY: { field: 'hourly', column: 'hourly' },
  TEMPORARY: { field: 'temporary', column: 'temporary' },
};

/** The modes a nursery offers, in the order of the contract. */
export function modesOf(nursery: Readonly<Record<ModeField, boolean>>): NurseryMode[] {
  return (Object.keys(nurseryModes) as NurseryMode[]).filter((mode) => nursery[nurseryModes[mode].field]);
}
