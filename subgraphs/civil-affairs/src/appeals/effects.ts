import { refuse } from '@linli/kit/writing/refusal';
import type { AppealAction } from '../generated/graphql.js';
import type { Act, Course } from './course.js';
import { limits, type CategoryRule } from './defaults.js';
import { unitByCode } from './units.js';
import { addWorkingDays } from './working-days.js';

type Effect = (course: Course, act: Act, at: Date, rule: CategoryRule) => Partial<Course>;

const hourMs = 3_600_000;
const later = (at: Date, ms: number) => new Date(at.getTime() + ms);
const silenceEnds = (at: Date) => later(at, limits.lapseDays * 24 * hourMs);

/** No time runs any more on the handling. */
const untimed = { supervision: 0, superviseAt: null };
const over = (at: Date) => ({ ...untimed, lapsesAt: null, closedAt: at });

function accepted({ unit }: Act, at: Date, rule: CategoryRule): Partial<Course> {
  const dueAt = addWorkingDays(at, rule.workingDays);
  return {
    firstReceiver: unit,
    responsible: unit,
    acceptedAt: at,
    respondBy: later(at, limits.contactHours * hourMs),
    dueAt,
    superviseAt: dueAt,
    dutyItem: rule.dutyItem,
    dutyVersion: rule.dutyVersion,
  };
}

function answered(course: Course, { text }: Act, at: Date): Partial<Course> {
  return {
    ...untimed,
    state: 'ANSWERED',
    answeredAt: at,
    answer: text ?? null,
    // Who answers has responded, whether or not they wrote down a call before.
    contactedAt: course.contactedAt ?? at,
    resolved: null,
    lapsesAt: silenceEnds(at),
  };
}

function reopened(course: Course, at: Date, rule: CategoryRule): Partial<Course> {
  const dueAt = addWorkingDays(at, rule.workingDays);
  return {
    state: 'REOPENED',
    resolved: false,
    reworks: course.reworks + 1,
    lapsesAt: null,
    dueAt,
    superviseAt: dueAt,
  };
}

/** Where an appeal goes that a unit gives back: once to be dispatched anew, then to arbitration. */
function returned(course: Course): Partial<Course> {
  const returns = course.returns + 1;
  const disputed = returns >= limits.disputingReturn;
  if (course.state === 'TRANSFERRED') {
    return { returns, transferTo: null, state: disputed ? 'DISPUTED' : 'DISPATCHED' };
  }
  return disputed
    ? { returns, state: 'DISPUTED', lead: course.firstReceiver }
    : { returns, state: 'ACCEPTED', lead: null, jointUnits: [] };
}

function supervised(course: Course, { value = 0, actor }: Act): Partial<Course> {
  if (value <= course.supervision || value > 3) {
    throw refuse(['level'], 'INVALID', `督办级别须高于目前的 ${course.supervision} 级，最高 3 级。`);
  }
  if (value === 3) return { supervision: 3, superviseAt: null };
  if (actor !== 'SYSTEM') return { supervision: value };
  return { supervision: value, superviseAt: addWorkingDays(course.dueAt, limits.supervisionRises[value - 1]!) };
}

/** What each action changes; a state that is not named stays. */
export const effects: Readonly<Record<AppealAction, Effect>> = {
  SUBMIT: () => ({}),
  OPEN: () => ({}),
  ACCEPT: (course, act, at, rule) =>
    course.state === 'TRANSFERRED'
      ? { state: 'DISPATCHED', lead: course.transferTo, responsible: course.transferTo, transferTo: null }
      : { state: 'ACCEPTED', ...accepted(act, at, rule) },
  REJECT: (_, _act, at) => ({ state: 'REJECTED', ...over(at) }),
  DISPATCH: (_, { target }) => ({ state: 'DISPATCHED', lead: target! }),
  RETURN: (course) => returned(course),
  TRANSFER(course, { target }) {
    if (target === course.lead) throw refuse(['unit'], 'INVALID', '这个单位已是承办单位。');
    return {
      state: 'TRANSFERRED',
      transferTo: target!,
      jointUnits: course.jointUnits.filter((unit) => unit !== target),
    };
  },
  ARBITRATE: (course, { target }) => ({
    state: 'DISPATCHED',
    arbitrated: true,
    lead: target!,
    jointUnits: course.jointUnits.filter((unit) => unit !== target),
  }),
  START: ({ lead }) => ({ state: 'HANDLING', responsible: lead }),
  CONTACT: ({ contactedAt }, _, at) => ({ contactedAt: contactedAt ?? at }),
  JOIN(course, { target }) {
    if (target === course.lead || course.jointUnits.includes(target!)) {
      throw refuse(['unit'], 'DUPLICATE', `${unitByCode(target!)!.name}已经参加办理。`);
    }
    return { jointUnits: [...course.jointUnits, target!] };
  },
  EXTEND(course, { value = 0 }, _, rule) {
    if (value < 1 || value > rule.workingDays) {
      throw refuse(['workingDays'], 'INVALID', `延期须为 1 至 ${rule.workingDays} 个工作日。`);
    }
    const dueAt = addWorkingDays(course.dueAt, value);
    return { extended: true, dueAt, superviseAt: course.superviseAt && dueAt };
  },
  ANSWER: answered,
  SHARE_ANSWER: (course, act, at) => ({ ...answered(course, act, at), lead: act.lead!, responsible: act.lead! }),
  CONFIRM: (_, _act, at) => ({ state: 'CONFIRMED', resolved: true, lapsesAt: silenceEnds(at) }),
  REOPEN: (course, _, at, rule) => reopened(course, at, rule),
  EVALUATE(course, { value = 0, text }, at, rule) {
    if (!Number.isInteger(value) || value < 1 || value > 5) {
      throw refuse(['rating'], 'INVALID', '评价须为 1 至 5 分。');
    }
    // Who is not satisfied has it done again first, whatever else they confirmed.
    if (value < limits.satisfiedFrom && course.reworks === 0) return reopened(course, at, rule);
    return {
      state: 'EVALUATED',
      rating: value,
      comment: text ?? null,
      resolved: course.state === 'CONFIRMED',
      lapsesAt: silenceEnds(at),
    };
  },
  CLOSE: ({ state, channel }, _, at) => ({
    state: 'CLOSED',
    lapsed: state !== 'EVALUATED' && channel !== 'PROACTIVE',
    ...over(at),
  }),
  LAPSE: (_, _act, at) => ({ state: 'CLOSED', lapsed: true, ...over(at) }),
  MERGE: (course, act, at, rule) => ({
    ...(course.acceptedAt === null && accepted(act, at, rule)),
    ...untimed,
    state: 'MERGED',
    mergedInto: act.target!,
    lead: act.lead!,
    responsible: act.lead!,
  }),
  SUPERVISE: supervised,
  WITHDRAW: (_, _act, at) => ({ state: 'WITHDRAWN', transferTo: null, ...over(at) }),
};
