import { refuse } from '@linli/kit/writing/refusal';
import type { AppealAction } from '../generated/graphql.js';
import type { Course } from './course.js';
import { limits } from './defaults.js';
import { actionNames, possibleIn, stateNames } from './states.js';

/** Actions of the hub itself, which nobody can ask for. */
const automatic: readonly AppealAction[] = ['LAPSE', 'SHARE_ANSWER'];

/** What else than the state is in the way of an action; null where nothing is. */
function obstacle(course: Course, action: AppealAction, at: Date): string | null {
  const lapsed = course.lapsesAt !== null && course.lapsesAt <= at;
  switch (action) {
    case 'RETURN':
    case 'TRANSFER':
      return course.arbitrated ? '已经争议调处确定承办单位，不能再退回或者转办' : null;
    case 'EXTEND':
      if (course.extended) return '已经延期一次，不能再延期';
      return course.dueAt <= at ? '已过应办结时间，不能延期' : null;
    case 'REOPEN':
      if (course.appellantId === null) return '没有诉求人';
      return course.reworks >= limits.reworks ? `已经重办 ${course.reworks} 次，请直接评价` : null;
    case 'CONFIRM':
      return course.appellantId === null ? '没有诉求人' : null;
    case 'EVALUATE':
      if (course.appellantId === null) return '没有诉求人';
      return course.state === 'ANSWERED' && course.reworks === 0 ? '请先确认解决，或者要求重办' : null;
    case 'CLOSE':
      if (course.state === 'EVALUATED' || lapsed) return null;
      if (course.state === 'ANSWERED' && course.channel === 'PROACTIVE') return null;
      return `须有诉求人的反馈和评价，或者 ${limits.lapseDays} 日内没有反馈`;
    case 'LAPSE':
      return lapsed ? null : `${limits.lapseDays} 日的反馈期还没有结束`;
    case 'SUPERVISE':
      return course.supervision >= 3 ? '已是最高督办级别' : null;
    default:
      return null;
  }
}

/** What can be done now, by whoever may. */
export function possibleActions(course: Course, at: Date): AppealAction[] {
  const actions = Object.keys(possibleIn) as AppealAction[];
  return actions.filter(
    (action) =>
      !automatic.includes(action) && possibleIn[action].includes(course.state) && obstacle(course, action, at) === null,
  );
}

/** @throws Refusal WRONG_STATE: says where the appeal stands, what is in the way and what is possible instead */
export function checkPossible(course: Course, action: AppealAction, at: Date): void {
  const inState = possibleIn[action].includes(course.state);
  const reason = inState ? obstacle(course, action, at) : null;
  if (inState && reason === null) return;
  const instead = possibleActions(course, at).map((each) => actionNames[each]);
  const because = reason === null ? '' : `：${reason}`;
  const possible = instead.length > 0 ? `现在可以：${instead.join('、')}` : '办理已经结束';
  throw refuse(
    null,
    'WRONG_STATE',
    `诉求 ${course.no} 目前为“${stateNames[course.state]}”，不能${actionNames[action]}${because}。${possible}。`,
  );
}
