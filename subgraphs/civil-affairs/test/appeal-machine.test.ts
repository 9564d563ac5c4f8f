import { describe, expect, test } from '@jest/globals';
import { Refusal, type UserError } from '@linli/kit/writing/refusal';
import { advance } from '../src/appeals/advance.js';
import type { Act, Course } from '../src/appeals/course.js';
import { limits } from '../src/appeals/defaults.js';
import { actionNames, possibleIn, stateNames } from '../src/appeals/states.js';
import { addWorkingDays } from '../src/appeals/working-days.js';
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

/** Takes acts one after the other, an hour apart unless said. */
function play(course: Course, ...acts: (Act | [Act, Date])[]): Course {
  let at = start;
  for (const each of acts) {
    const [act, when] = Array.isArray(each) ? each : [each, hours(1, at)];
    at = when;
    course = { ...course, ...advance(course, act, at, rule).changes };
  }
  return course;
}

const accept = staff('ACCEPT', community);
const dispatch = staff('DISPATCH', community, { target: bureau });
const begun = staff('START', bureau);
const answer = staff('ANSWER', bureau, { text: '已处理' });
const answered = [accept, dispatch, begun, answer];

function refusal(run: () => unknown): UserError {
  try {
    run();
  } catch (error) {
    if (error instanceof Refusal) return error.userErrors[0]!;
    throw error;
  }
  throw new Error('Nothing was refused.');
}

describe('the usual course', () => {
  test('goes from submission to closing, with one lead from the dispatch on', () => {
    const states: AppealState[] = [];
    let course = begin();
    for (const act of [
      ...answered,
      appellant('CONFIRM'),
      appellant('EVALUATE', { value: 5 }),
      staff('CLOSE', community),
    ]) {
      course = play(course, act);
      states.push(course.state);
      expect(course.lead).toBe(course.state === 'ACCEPTED' ? null : bureau);
    }
    expect(states).toEqual(['ACCEPTED', 'DISPATCHED', 'HANDLING', 'ANSWERED', 'CONFIRMED', 'EVALUATED', 'CLOSED']);
    expect(course).toMatchObject({ resolved: true, rating: 5, lapsed: false, firstReceiver: community, reworks: 0 });
  });

  test('acceptance sets by when the appellant is contacted and by when it is done, and cites the duty', () => {
    const course = play(begin(), accept);
    expect(course.respondBy).toEqual(hours(24, course.acceptedAt!));
    expect(course.dueAt).toEqual(addWorkingDays(course.acceptedAt!, rule.workingDays));
    expect(course).toMatchObject({ dutyItem: rule.dutyItem, dutyVersion: rule.dutyVersion });
  });

  test('the first receiver is responsible until the lead takes it up', () => {
    expect(play(begin(), accept, dispatch).responsible).toBe(community);
    expect(play(begin(), accept, dispatch, begun)).toMatchObject({ responsible: bureau, firstReceiver: community });
  });
});

describe('transfer, return and dispute', () => {
  const transfer = staff('TRANSFER', bureau, { target: street });

  test('who hands it on stays responsible until the other unit accepts', () => {
    const handed = play(begin(), accept, dispatch, begun, transfer);
    expect(handed).toMatchObject({ state: 'TRANSFERRED', lead: bureau, responsible: bureau, transferTo: street });
    expect(play(handed, staff('ACCEPT', street))).toMatchObject({
      state: 'DISPATCHED',
      lead: street,
      responsible: street,
      transferTo: null,
      firstReceiver: community,
    });
  });

  test('only the unit that it was handed to accepts it', () => {
    const handed = play(begin(), accept, dispatch, begun, transfer);
    expect(refusal(() => play(handed, staff('ACCEPT', bureau))).code).toBe('NOT_ALLOWED');
  });

  test('a first return goes back to the first receiver, a second one is a dispute', () => {
    const back = play(begin(), accept, dispatch, staff('RETURN', bureau));
    expect(back).toMatchObject({ state: 'ACCEPTED', lead: null, returns: 1 });
    const twice = play(back, dispatch, staff('RETURN', bureau));
    expect(twice).toMatchObject({ state: 'DISPUTED', lead: community, returns: 2 });
  });

  test('a refused transfer counts as a return', () => {
    const once = play(begin(), accept, dispatch, transfer, staff('RETURN', street));
    expect(once).toMatchObject({ state: 'DISPATCHED', lead: bureau, returns: 1 });
    expect(play(once, transfer, staff('RETURN', street))).toMatchObject({ state: 'DISPUTED', lead: bureau });
  });

  test('what arbitration decided is not given back', () => {
    const disputed = play(begin(), accept, dispatch, staff('RETURN', bureau), dispatch, staff('RETURN', bureau));
    const decided = play(disputed, staff('ARBITRATE', street, { target: bureau }));
    expect(decided).toMatchObject({ state: 'DISPATCHED', lead: bureau, arbitrated: true });
    for (const act of [staff('RETURN', bureau), transfer]) {
      const { code, message } = refusal(() => play(decided, act));
      expect(code).toBe('WRONG_STATE');
      expect(message).toContain('已经争议调处');
    }
  });
});

describe('feedback', () => {
  test('who reopens has it done again, within a new time', () => {
    const reopened = play(begin(), ...answered, appellant('REOPEN'));
    expect(reopened).toMatchObject({ state: 'REOPENED', reworks: 1, resolved: false, lead: bureau });
    expect(play(reopened, begun).state).toBe('HANDLING');
  });

  test('a dissatisfied rating is a rework first, and counts the second time', () => {
    const first = play(begin(), ...answered, appellant('CONFIRM'), appellant('EVALUATE', { value: 2 }));
    expect(first).toMatchObject({ state: 'REOPENED', rating: null, resolved: false });
    const second = play(first, begun, answer, appellant('CONFIRM'), appellant('EVALUATE', { value: 1 }));
    expect(second).toMatchObject({ state: 'EVALUATED', rating: 1, resolved: true });
  });

  test('who is still not helped after a rework can rate it as it is', () => {
    expect(refusal(() => play(begin(), ...answered, appellant('EVALUATE', { value: 5 }))).message).toContain(
      '请先确认解决',
    );
    const course = play(begin(), ...answered, appellant('REOPEN'), begun, answer, appellant('EVALUATE', { value: 1 }));
    expect(course).toMatchObject({ state: 'EVALUATED', rating: 1, resolved: false });
  });

  test(`is not reopened more than ${limits.reworks} times`, () => {
    let course = play(begin(), ...answered);
    for (let i = 0; i < limits.reworks; i++) course = play(course, appellant('REOPEN'), begun, answer);
    expect(refusal(() => play(course, appellant('REOPEN'))).code).toBe('WRONG_STATE');
  });

  test.each([0, 6, 2.5])('a rating of %d is refused', (value) => {
    const course = play(begin(), ...answered, appellant('CONFIRM'));
    expect(refusal(() => play(course, appellant('EVALUATE', { value })))).toMatchObject({
      code: 'INVALID',
      field: ['rating'],
    });
  });

  test('silence closes it after seven days, not before', () => {
    const course = play(begin(), ...answered);
    const ends = course.lapsesAt!;
    expect(refusal(() => advance(course, system('LAPSE'), hours(-1, ends), rule)).code).toBe('WRONG_STATE');
    expect(refusal(() => advance(course, staff('CLOSE', community), hours(-1, ends), rule)).code).toBe('WRONG_STATE');
    expect(play(course, [system('LAPSE'), ends])).toMatchObject({ state: 'CLOSED', lapsed: true, resolved: null });
    expect(play(course, [staff('CLOSE', community), ends])).toMatchObject({ state: 'CLOSED', lapsed: true });
  });

  test('what nobody raised is closed when it is answered', () => {
    const course = play(begin({ channel: 'PROACTIVE', appellantId: null }), ...answered);
    expect(play(course, staff('CLOSE', community))).toMatchObject({ state: 'CLOSED', lapsed: false });
  });
});

describe('complaints about a unit', () => {
  test('hide who complains, and go to another unit', () => {
    const course = begin({ aboutUnit: bureau });
    expect(course.anonymous).toBe(true);
    expect(refusal(() => play(course, accept, dispatch))).toMatchObject({ code: 'NOT_ALLOWED', field: ['unit'] });
  });

  test('are neither rejected nor closed by that unit', () => {
    const about = begin({ aboutUnit: community });
    expect(refusal(() => play(about, staff('REJECT', community))).code).toBe('NOT_ALLOWED');
    const rated = play(about, ...answered, appellant('CONFIRM'), appellant('EVALUATE', { value: 4 }));
    expect(refusal(() => play(rated, staff('CLOSE', community))).code).toBe('NOT_ALLOWED');
    expect(play(rated, staff('CLOSE', bureau)).state).toBe('CLOSED');
  });
});

describe('time', () => {
  test('one extension, before the due time, of at most the category’s own time', () => {
    const course = play(begin(), accept, dispatch, begun);
    const extend = (value: number) => staff('EXTEND', bureau, { value });
    expect(refusal(() => play(course, extend(rule.workingDays + 1)))).toMatchObject({
      code: 'INVALID',
      field: ['workingDays'],
    });
    const extended = play(course, extend(3));
    expect(extended.dueAt).toEqual(addWorkingDays(course.dueAt, 3));
    expect(refusal(() => play(extended, extend(1))).message).toContain('已经延期一次');
    expect(refusal(() => play(course, [extend(1), course.dueAt])).message).toContain('已过应办结时间');
  });

  test('supervision rises from level to level, an overlay that loses no state, and ends with the answer', () => {
    const course = play(begin(), accept, dispatch, begun);
    const raised = play(course, [system('SUPERVISE', { value: 1 }), course.superviseAt!]);
    expect(raised).toMatchObject({ state: 'HANDLING', supervision: 1 });
    expect(raised.superviseAt).toEqual(addWorkingDays(course.dueAt, 2));
    const highest = play(raised, [staff('SUPERVISE', street, { value: 3 }), raised.superviseAt!]);
    expect(highest).toMatchObject({ supervision: 3, superviseAt: null });
    expect(refusal(() => play(highest, system('SUPERVISE', { value: 3 }))).code).toBe('WRONG_STATE');
    expect(play(highest, [answer, raised.superviseAt!])).toMatchObject({ state: 'ANSWERED', supervision: 0 });
  });

  test('supervision does not fall', () => {
    const raised = play(begin(), staff('SUPERVISE', street, { value: 2 }));
    expect(refusal(() => play(raised, staff('SUPERVISE', street, { value: 1 })))).toMatchObject({
      code: 'INVALID',
      field: ['level'],
    });
  });
});

describe('merging', () => {
  test('who is merged is answered with the main one, and keeps feedback and rating', () => {
    const merged = play(begin(), staff('MERGE', community, { target: 'A1', lead: bureau }));
    expect(merged).toMatchObject({ state: 'MERGED', mergedInto: 'A1', lead: bureau, acceptedAt: expect.any(Date) });
    const shared = play(merged, system('SHARE_ANSWER', { target: 'A1', lead: street, text: '已处理' }));
    expect(shared).toMatchObject({ state: 'ANSWERED', answer: '已处理', lead: street });
    expect(play(shared, appellant('CONFIRM'), appellant('EVALUATE', { value: 3 }))).toMatchObject({
      state: 'EVALUATED',
      rating: 3,
    });
  });
});

describe('units', () => {
  test('only the lead handles, and says so to whoever else tries', () => {
    const course = play(begin(), accept, dispatch);
    const { code, message } = refusal(() => play(course, staff('START', community)));
    expect(code).toBe('NOT_ALLOWED');
    expect(message).toContain('罗湖区生态环境局');
  });

  test.each(['440304-ecology', '440303001002', '440303-weather', 'nonsense', '4403'])(
    'nothing is dispatched to %s, which does not serve the community',
    (target) => {
      const course = play(begin(), accept);
      expect(refusal(() => play(course, staff('DISPATCH', community, { target })))).toMatchObject({
        code: 'INVALID',
        field: ['unit'],
      });
    },
  );

  test('a unit joins once, and the lead need not', () => {
    const course = play(begin(), accept, dispatch, staff('JOIN', bureau, { target: street }));
    expect(course.jointUnits).toEqual([street]);
    for (const target of [street, bureau]) {
      expect(refusal(() => play(course, staff('JOIN', bureau, { target }))).code).toBe('DUPLICATE');
    }
  });
});

test('what is refused names the state and what is possible instead', () => {
  const { message } = refusal(() => play(begin(), ...answered, dispatch));
  expect(message).toContain('目前为“已答复”，不能分拨');
  expect(message).toContain('确认解决、要求重办');
  const closed = play(begin(), staff('REJECT', community));
  expect(refusal(() => play(closed, accept)).message).toContain('办理已经结束');
});

test('every state and action has a name, and every action a state in which it is possible', () => {
  for (const [action, states] of Object.entries(possibleIn)) {
    expect(actionNames[action as AppealAction]).not.toBe('');
    expect(states.length > 0).toBe(!['SUBMIT', 'OPEN'].includes(action));
  }
  expect(new Set(Object.values(stateNames)).size).toBe(Object.keys(stateNames).length);
});
