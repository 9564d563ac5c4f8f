import type { Course } from './course.js';
import type { CategoryRule } from './defaults.js';
import { addWorkingDays } from './working-days.js';

/**
 * Where an appeal stands that just came in. Who complains about a unit is not shown to those who handle it, whether or not
 * they asked for that.
 */
export function newCourse(
  appeal: Pick<Course, 'no' | 'channel' | 'communityCode' | 'appellantId' | 'aboutUnit' | 'anonymous'>,
  at: Date,
  rule: CategoryRule,
): Course {
  const dueAt = addWorkingDays(at, rule.workingDays);
  return {
    ...appeal,
    anonymous: appeal.anonymous || appeal.aboutUnit !== null,
    state: 'SUBMITTED',
    dueAt,
    superviseAt: dueAt,
    lapsesAt: null,
    dutyItem: null,
    dutyVersion: null,
    firstReceiver: null,
    responsible: null,
    lead: null,
    transferTo: null,
    jointUnits: [],
    acceptedAt: null,
    respondBy: null,
    contactedAt: null,
    answeredAt: null,
    closedAt: null,
    answer: null,
    resolved: null,
    rating: null,
    comment: null,
    returns: 0,
    reworks: 0,
    arbitrated: false,
    extended: false,
    lapsed: false,
    supervision: 0,
    mergedInto: null,
    steps: 1,
  };
}
