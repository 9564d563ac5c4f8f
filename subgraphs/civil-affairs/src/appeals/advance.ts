import type { AppealState } from '../generated/graphql.js';
import type { Act, Advance, Course, Step } from './course.js';
import type { CategoryRule } from './defaults.js';
import { effects } from './effects.js';
import { checkUnit } from './jurisdiction.js';
import { checkPossible } from './possible.js';

function stepOf(
  course: Pick<Course, 'no' | 'steps'>,
  from: AppealState | null,
  to: AppealState,
  act: Act,
  at: Date,
): Step {
  return {
    appealNo: course.no,
    seq: course.steps + 1,
    at,
    action: act.action,
    from,
    to,
    actor: act.actor,
    staffId: act.staffId ?? null,
    department: act.department ?? null,
    unit: act.unit,
    target: act.target ?? null,
    direct: act.direct ?? false,
    value: act.value ?? null,
    note: act.note ?? null,
  };
}

/**
 * Takes one step of a course.
 * @param at not before the step before
 * @param rule what holds for the appeal's category
 * @throws Refusal WRONG_STATE, with what is possible now; NOT_ALLOWED where it is not for this unit; INVALID
 */
export function advance(course: Course, act: Act, at: Date, rule: CategoryRule): Advance {
  checkPossible(course, act.action, at);
  checkUnit(course, act);
  const changes = effects[act.action](course, act, at, rule);
  const state = changes.state ?? course.state;
  return {
    changes: { ...changes, state, steps: course.steps + 1 },
    step: stepOf(course, course.state, state, act, at),
  };
}

/** The first step of a course: somebody submits it, or staff open it before anybody complains (未诉先办). */
export function firstStep(no: string, act: Act, at: Date): Step {
  return stepOf({ no, steps: 0 }, null, 'SUBMITTED', act, at);
}
