import { describe, expect, test } from '@jest/globals';
import { Refusal } from '@linli/kit/writing/refusal';
import fc from 'fast-check';
import { advance, firstStep } from '../src/appeals/advance.js';
import type { Act, Course, Step } from '../src/appeals/course.js';
import { limits } from '../src/appeals/defaults.js';
import { possibleActions } from '../src/appeals/possible.js';
import { finalStates, possibleIn, stateNames } from '../src/appeals/states.js';
import { unitsFor } from '../src/appeals/units.js';
import type { AppealAction, AppealState } from '../src/generated/graphql.js';
import {
  appellant,
  begin,
  bureau,
  community,
  hours,
  rule,
  staff,
  start,
  street,
  system,
} from './support/appeal-course.js';

/** Anything that anybody might try, whether or not it makes sense. */
const units = [community, street, bureau, '440303-housing', '4403-ecology'];
const acts = fc.record({
  action: fc.constantFrom(...(Object.keys(possibleIn) as AppealAction[]).filter((each) => possibleIn[each].length > 0)),
  /** Whether it is done by the unit whose part it is, or by any. */
  fitting: fc.boolean(),
  /** Which of the actions that are possible and end nothing is done instead, so that courses get far; null for none. */
  likely: fc.option(fc.nat({ max: 20 }), { freq: 3, nil: null }),
  unit: fc.constantFrom(...units),
  target: fc.constantFrom(...units, 'nonsense'),
  value: fc.integer({ min: -1, max: 6 }),
  wait: fc.constantFrom(0, 1, 10, 100, 200),
});

function actOf(
  course: Course,
  tried: { action: AppealAction; fitting: boolean; unit: string; target: string; value: number },
): Act {
  const { action, fitting, unit, target, value } = tried;
  if (['CONFIRM', 'REOPEN', 'EVALUATE', 'WITHDRAW'].includes(action)) return appellant(action, { value, text: 'x' });
  if (['LAPSE', 'SHARE_ANSWER'].includes(action)) return system(action, { lead: bureau, target: 'A1', text: 'x' });
  const own =
    course.state === 'TRANSFERRED' ? course.transferTo : action === 'DISPATCH' ? course.firstReceiver : course.lead;
  return staff(action, fitting && own ? own : unit, {
    target: action === 'MERGE' ? 'A1' : target,
    lead: bureau,
    value,
    text: 'x',
  });
}

/** The same try, of an action that leads on, by the unit whose part it is. */
function onward<T extends { action: AppealAction; fitting: boolean }>(
  tried: T,
  nth: number,
  possible: AppealAction[],
): T {
  const leading = possible.filter((each) => !['WITHDRAW', 'REJECT', 'MERGE'].includes(each));
  return leading.length === 0 ? tried : { ...tried, action: leading[nth % leading.length]!, fitting: true };
}

describe('whatever is tried, in whatever order', () => {
  const before: readonly AppealState[] = ['SUBMITTED', 'ACCEPTED', 'REJECTED'];

  test('the course keeps its rules', () => {
    const reached = new Set<AppealState>();
    fc.assert(
      fc.property(
        fc.array(acts, { minLength: 1, maxLength: 60 }),
        fc.constantFrom<Partial<Course>>(
          {},
          { channel: 'PROACTIVE', appellantId: null },
          { aboutUnit: street },
          { aboutUnit: community },
        ),
        (tries, change) => {
          let course = begin(change);
          let at = start;
          const steps: Step[] = [firstStep(course.no, appellant('SUBMIT'), at)];
          for (const tried of tries) {
            at = hours(tried.wait, at);
            const possible = possibleActions(course, at);
            const act = actOf(course, tried.likely === null ? tried : onward(tried, tried.likely, possible));
            try {
              const { changes, step } = advance(course, act, at, rule);
              expect(finalStates).not.toContain(course.state);
              if (act.actor !== 'SYSTEM') expect(possible).toContain(act.action);
              if (['REJECT', 'START', 'ANSWER', 'CLOSE'].includes(act.action))
                expect(act.unit).not.toBe(course.aboutUnit);
              course = { ...course, ...changes };
              steps.push(step);
            } catch (error) {
              if (!(error instanceof Refusal)) throw error;
              expect(error.userErrors[0]!.message.length).toBeGreaterThan(5);
            }
            reached.add(course.state);
            expect(Object.keys(stateNames)).toContain(course.state);
            if (course.state !== 'WITHDRAWN') expect(course.lead === null).toBe(before.includes(course.state));
            if (course.lead !== null) expect(unitsFor(community).map(({ code }) => code)).toContain(course.lead);
            if (course.state === 'CLOSED' && !course.lapsed && course.channel !== 'PROACTIVE') {
              expect(course.rating).not.toBeNull();
              expect(course.resolved).not.toBeNull();
            }
            expect(course.returns).toBeLessThanOrEqual(limits.disputingReturn);
          }
          expect(steps.map(({ seq }) => seq)).toEqual(steps.map((_, i) => i + 1));
          for (const [i, step] of steps.entries()) {
            if (i === 0) continue;
            expect(step.from).toBe(steps[i - 1]!.to);
            expect(step.at.getTime()).toBeGreaterThanOrEqual(steps[i - 1]!.at.getTime());
          }
          expect(steps.at(-1)!.to).toBe(course.state);
          expect(course.steps).toBe(steps.length);
          expect(steps.filter(({ action }) => action === 'EXTEND').length).toBeLessThanOrEqual(1);
        },
      ),
      { numRuns: 400 },
    );
    expect(reached.size).toBeGreaterThan(8);
  });
});
