import { referenceDate } from '@linli/kit/population/households';
import { randomFor } from '@linli/kit/population/random';
import { communityWorkerOfCase } from '@linli/kit/population/staff';
import { advance, firstStep } from '../appeals/advance.js';
import type { Act, Course, Step } from '../appeals/course.js';
import { defaultRules } from '../appeals/defaults.js';
import type { Party } from '../appeals/jurisdiction.js';
import { newCourse } from '../appeals/new-course.js';
import { unitByCode, unitFor } from '../appeals/units.js';
import type { AppealAction, AppealActor } from '../generated/graphql.js';
import type { AppealDraft } from './appeal-draft.js';
import { drawScript, type Cue } from './appeal-script.js';

/** An appeal with the course that led to its state. */
export interface SeededAppeal {
  readonly draft: AppealDraft;
  readonly course: Course;
  readonly steps: Step[];
  readonly parties: Party[];
}

const notes: Partial<Record<AppealAction, string>> = {
  SUBMIT: '示例：提交诉求',
  OPEN: '示例：走访中发现苗头，主动立件',
  REJECT: '示例：所述事项正在诉讼中，依法由法院处理',
  RETURN: '示例：不属于本单位职责',
  TRANSFER: '示例：经核实由区有关部门负责',
  CONTACT: '示例：已电话联系，核实情况',
  EXTEND: '示例：需要等待专项检测结果',
  ANSWER: '示例：已答复诉求人',
  REOPEN: '示例：问题仍然存在',
  MERGE: '示例：与主件反映同一问题',
  SUPERVISE: '超过应办结时间',
};

const byAppellant: readonly AppealAction[] = ['SUBMIT', 'CONFIRM', 'REOPEN', 'EVALUATE', 'WITHDRAW'];
const bySystem: readonly AppealAction[] = ['LAPSE', 'SUPERVISE'];

/** Staff of a unit other than a community's: an office, not a person. */
const officer = (unit: string) => `officer-${unit}`;

/** Until when the made-up city's deadlines have been watched. */
const watchedUntil = new Date(`${referenceDate}T00:00:00Z`);

/** Plays a drawn course through the same rules that real ones keep. */
export function courseOf(
  draft: AppealDraft,
  seed: number,
  options: { lead?: string; main?: Course } = {},
): SeededAppeal {
  const { no, communityCode, category, householdId } = draft;
  const rule = defaultRules[category];
  const random = randomFor(seed, 'appeal-course', no);
  const usual = options.lead ?? unitFor(communityCode, rule.level, rule.bureau);
  const worker = communityWorkerOfCase(communityCode, householdId);
  const aboutUnit = draft.appellantId !== null && random.chance(0.02) ? communityCode.slice(0, 9) : null;
  const lead = usual === aboutUnit ? unitFor(communityCode, 'DISTRICT', rule.bureau) : usual;
  const isBureau = unitByCode(lead)!.level === 'DISTRICT';
  const elsewhere = unitFor(communityCode, isBureau ? 'CITY' : 'DISTRICT', rule.bureau);
  const staffOf = (unit: string) => (unit === communityCode ? worker : officer(unit));

  const isProactive = draft.channel === 'PROACTIVE';
  const anonymous = draft.appellantId !== null && random.chance(0.05);
  let at = draft.submittedAt;
  let course = newCourse(
    { no, channel: draft.channel, communityCode, appellantId: draft.appellantId, aboutUnit, anonymous },
    at,
    rule,
  );

  const actOf = (action: AppealAction, more: Partial<Act> = {}): Act => {
    const actor: AppealActor = bySystem.includes(action)
      ? 'SYSTEM'
      : byAppellant.includes(action)
        ? 'APPELLANT'
        : 'STAFF';
    const acting = (): string => {
      if (course.state === 'TRANSFERRED') return course.transferTo!;
      if (['START', 'ANSWER', 'JOIN', 'EXTEND', 'RETURN', 'TRANSFER'].includes(action)) return course.lead!;
      return course.firstReceiver ?? communityCode;
    };
    const unit = actor === 'STAFF' ? acting() : null;
    const bureau = unit?.includes('-') ? unit.slice(unit.indexOf('-') + 1) : 'civil-affairs';
    const who = unit === null ? {} : { staffId: staffOf(unit), department: bureau };
    return { action, actor, unit, ...who, note: notes[action] ?? null, ...more };
  };
  const targetOf = ({ action }: Cue): Partial<Act> => {
    if (action === 'DISPATCH') return { target: lead };
    if (action === 'TRANSFER') return { target: elsewhere };
    if (action === 'JOIN') return { target: unitFor(communityCode, 'DISTRICT', 'public-security') };
    if (action === 'MERGE') return { target: options.main!.no, lead: options.main!.lead! };
    if (action === 'ANSWER') return { text: '示例：已安排处理，并将定期回访。' };
    return {};
  };

  const steps = [firstStep(no, actOf(isProactive ? 'OPEN' : 'SUBMIT'), at)];
  const take = (act: Act) => {
    const { changes, step } = advance(course, act, at, rule);
    course = { ...course, ...changes };
    steps.push(step);
  };
  /** What the deadline does on its own until a moment. */
  const supervise = (until: Date) => {
    while (course.superviseAt !== null && course.superviseAt <= until) {
      at = new Date(Math.max(at.getTime(), course.superviseAt.getTime()));
      take(actOf('SUPERVISE', { value: course.supervision + 1 }));
    }
  };
  for (const each of drawScript(draft.state, isProactive, random, rule.workingDays)) {
    const next = new Date(at.getTime() + each.hours * 3_600_000);
    supervise(next);
    at = next;
    take(actOf(each.action, { ...targetOf(each), ...(each.value !== undefined && { value: each.value }) }));
  }
  supervise(watchedUntil);
  // The made-up city stands still on its reference date: no time runs on what happened there.
  course = { ...course, superviseAt: null, lapsesAt: null };

  const units = [course.firstReceiver ?? communityCode, course.lead, course.transferTo, ...course.jointUnits];
  const parties = [...new Set(units.filter((unit) => unit !== null))].map((unit) => ({ unit, staff: [staffOf(unit)] }));
  return { draft, course, steps, parties };
}
