import type { NurseryMode } from './generated/graphql.js';

type ModeField = 'fullDay' | 'halfDay' | 'hourly' | 'temporary';

/** Where each mode is kept: the field that says whether it is offered. */
export const nurseryModes: Readonly<Record<NurseryMode, ModeField>> = {
  FULL_DAY: 'fullDay',
  HALF_DAY: 'halfDay',
  HOURLY: 'hourly',
  TEMPORARY: 'temporary',
};

/** The modes a nursery offers, in the order of the contract. */
export function modesOf(nursery: Readonly<Record<ModeField, boolean>>): NurseryMode[] {
  return (Object.keys(nurseryModes) as NurseryMode[]).filter((mode) => nursery[nurseryModes[mode]]);
}
