import { refuse } from '@linli/kit/writing/refusal';
import type { AppealAction } from '../generated/graphql.js';
import type { Act, Course } from './course.js';
import { actionNames } from './states.js';
import { servesCommunity, unitByCode, unitOfPost, type Post } from './units.js';

/** Staff of the units that have a part in an appeal. */
export interface Party {
  readonly unit: string;
  readonly staff: readonly string[];
}

/** The unit for which somebody acts on an appeal: that which named them for it, else that of their place. */
export function actingUnit(post: Post, communityCode: string, parties: readonly Party[]): string | null {
  const { staffId } = post;
  const named = staffId === undefined ? undefined : parties.find(({ staff }) => staff.includes(staffId));
  return named?.unit ?? unitOfPost(post, communityCode);
}

/** What no unit does about itself: decide whether a complaint is taken, answer it, or close it. */
const notAboutItself: readonly AppealAction[] = ['REJECT', 'START', 'ANSWER', 'CLOSE'];

/** Actions that hand an appeal to a unit. */
const handing: readonly AppealAction[] = ['DISPATCH', 'TRANSFER', 'ARBITRATE', 'JOIN'];

/** Whose part an action is; null where it is not a matter of the unit. */
function unitsOf(course: Course, action: AppealAction): readonly (string | null)[] | null {
  switch (action) {
    case 'ACCEPT':
      return course.state === 'TRANSFERRED' ? [course.transferTo] : null;
    case 'RETURN':
      return [course.state === 'TRANSFERRED' ? course.transferTo : course.lead];
    case 'TRANSFER':
      // Until the lead has started, the first receiver answers for it, and can take it elsewhere or back.
      return [course.lead, course.responsible];
    case 'START':
    case 'JOIN':
    case 'EXTEND':
    case 'ANSWER':
      return [course.lead];
    case 'DISPATCH':
      return [course.firstReceiver];
    case 'CLOSE':
      return [course.firstReceiver, course.lead];
    default:
      return null;
  }
}

function nameOf(unit: string | null): string {
  return (unit === null ? null : unitByCode(unit)?.name) ?? '承办单位';
}

/** @throws Refusal NOT_ALLOWED where the action is another unit's; INVALID where the unit handed to cannot have it */
export function checkUnit(course: Course, act: Act): void {
  const { action, actor, unit, target } = act;
  if (actor === 'STAFF') {
    if (notAboutItself.includes(action) && unit !== null && unit === course.aboutUnit) {
      const what = actionNames[action];
      throw refuse(null, 'NOT_ALLOWED', `诉求 ${course.no} 针对${nameOf(unit)}，${what}须由其他单位进行。`);
    }
    const units = unitsOf(course, action);
    if (units !== null && !units.includes(unit)) {
      const whose = [...new Set(units)].map(nameOf).join('或者');
      throw refuse(null, 'NOT_ALLOWED', `诉求 ${course.no} 的${actionNames[action]}由${whose}进行。`);
    }
  }
  if (!handing.includes(action)) return;
  if (target === undefined || !servesCommunity(target, course.communityCode)) {
    throw refuse(['unit'], 'INVALID', '没有这个单位，或者它不负责诉求所在的社区：请从 appealUnits 中选择。');
  }
  if (target === course.aboutUnit) {
    throw refuse(['unit'], 'NOT_ALLOWED', '诉求针对这个单位，不能由它办理：请选择其他单位。');
  }
}
