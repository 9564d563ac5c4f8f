import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, type Random } from '@linli/kit/population/random';
import { communityWorkerOfCase, socialWorkerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { RatingGrade, ServiceCaseState, ServiceChannel } from '../generated/graphql.js';
import { addWorkingDays, dayOf } from '../working-days.js';
import { daysAfter, moment } from './calendar.js';
import { serviceItemCode, serviceItems } from './service-items.js';

/** Columns of what a case is made of, as `serviceCaseOf` fills them. */
export const serviceCaseTables = {
  service_case: [
    'id',
    'item_code',
    'applicant_id',
    'state',
    'applied_at',
    'community_code',
    'handlers',
    'channel',
    'accepted_at',
    'due_on',
    'paused_on',
    'decided_at',
    'outcome',
    'reply',
    'minor_until',
  ],
  course_step: ['id', 'subject', 'at', 'state', 'actor', 'note'],
  service_rating: [
    'id',
    'case_id',
    'item_code',
    'applicant_id',
    'community_code',
    'grade',
    'comment',
    'rated_at',
    'follow_up',
  ],
} as const;

const states: ServiceCaseState[] = ['APPLIED', 'SUPPLEMENT_NEEDED', 'HANDLING', 'DECIDED'];
const channels: ServiceChannel[] = ['ONLINE', 'ONLINE', 'ONLINE', 'WINDOW', 'WINDOW', 'KIOSK', 'HOME', 'ASSISTED'];

/** The steps by which a case came to each state. */
const courses: Record<ServiceCaseState, ServiceCaseState[]> = {
  APPLIED: ['APPLIED'],
  SUPPLEMENT_NEEDED: ['APPLIED', 'SUPPLEMENT_NEEDED'],
  HANDLING: ['APPLIED', 'HANDLING'],
  DECIDED: ['APPLIED', 'HANDLING', 'DECIDED'],
  WITHDRAWN: ['APPLIED', 'WITHDRAWN'],
};

/** Made-up share of decided cases that are rated, of those refused, and of ten ratings how many are which. */
const ratedShare = 0.6;
const refusedShare = 0.08;
const grades: RatingGrade[] = [
  ...Array<RatingGrade>(5).fill('VERY_SATISFIED'),
  'SATISFIED',
  'SATISFIED',
  'BASICALLY_SATISFIED',
  'DISSATISFIED',
  'VERY_DISSATISFIED',
];

const supplement = '示例：请补交有效期内的身份证明。';

/** Who handles what a household asks for: a community worker, and the applicant's own social worker. */
function handlersOfCase(applicant: SyntheticResident, home: SyntheticHousehold): string[] {
  const worker = communityWorkerOfCase(home.communityCode, home.id);
  const social = socialWorkerOf(applicant, home);
  return social === null ? [worker] : [worker, social];
}

type Row = [table: keyof typeof serviceCaseTables, cells: readonly Cell[]];

/** A service case of a household's head, with its course and, if it is over, what the applicant thought of it. */
export function* serviceCaseOf(home: SyntheticHousehold, random: Random): Generator<Row> {
  const { index, communityCode, members } = home;
  const applicant = members[0]!;
  const position = random.int(0, serviceItems.length - 1);
  const state = random.pick(states);
  const applied = moment(random);
  const [, , workingDays] = serviceItems[position]!;
  const id = `C${String(index).padStart(8, '0')}`;
  const itemCode = serviceItemCode(position);
  const handlers = handlersOfCase(applicant, home);
  const steps = courses[state];
  const accepted = steps.includes('HANDLING') ? new Date(daysAfter(applied, 1)) : null;
  const dueOn = accepted && addWorkingDays(dayOf(accepted), workingDays);
  const decided = state === 'DECIDED' ? daysAfter(applied, 1 + random.int(1, workingDays + 2)) : null;
  const outcome = decided && (random.chance(refusedShare) ? 'REJECTED' : 'APPROVED');
  const asked = state === 'SUPPLEMENT_NEEDED';
  yield [
    'service_case',
    [
      id,
      itemCode,
      applicant.id,
      state,
      applied.toISOString(),
      communityCode,
      handlers,
      random.pick(channels),
      accepted && accepted.toISOString(),
      dueOn,
      asked ? dayOf(new Date(daysAfter(applied, 1))) : null,
      decided,
      outcome,
      asked ? supplement : null,
      minorUntil(applicant),
    ],
  ];
  for (const [i, step] of steps.entries()) {
    const at = i === 0 ? applied.toISOString() : (step === 'DECIDED' && decided) || daysAfter(applied, 1);
    const key = `case:${id}`;
    const note = step === 'SUPPLEMENT_NEEDED' ? supplement : null;
    yield ['course_step', [`${key}#${String(i + 1).padStart(3, '0')}`, key, at, step, i ? handlers[0]! : null, note]];
  }
  if (decided === null || !random.chance(ratedShare)) return;
  const grade = random.pick(grades);
  const bad = grade === 'DISSATISFIED' || grade === 'VERY_DISSATISFIED';
  yield [
    'service_rating',
    [
      opaqueId('g', id),
      id,
      itemCode,
      applicant.id,
      communityCode,
      grade,
      bad ? '示例：等候时间太长。' : null,
      daysAfter(new Date(decided), 2),
      bad ? 'PENDING' : 'NOT_NEEDED',
    ],
  ];
}
