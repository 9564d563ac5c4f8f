import type { CareProgrammeKind } from './generated/graphql.js';

/** Days from one follow-up to the next, by kind of programme; a default of this hub. */
export const followUpDays: Readonly<Record<CareProgrammeKind, number>> = {
  CHRONIC: 90,
  ELDER: 365,
  MATERNAL: 28,
  CHILD: 180,
  MENTAL_REHABILITATION: 30,
};
