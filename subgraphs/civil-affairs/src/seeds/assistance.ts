import { minorUntil } from '@linli/kit/minor';
import type { SyntheticHousehold, SyntheticResident } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { communityWorkerOfCase, isAssisted, socialWorkerOfCase } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { HardshipReason, HardshipSource, WelfareAction, WelfareKind, WelfareState } from '../generated/graphql.js';
import { timeId } from '../time-id.js';
import { daysAfter, moment } from './calendar.js';

/** Puts a row into one of the tables below. */
type Put = (table: keyof typeof assistanceTables, cells: readonly Cell[]) => void;

export const assistanceTables = {
  welfare_case: [
    'id',
    'kind',
    'state',
    'applicant_id',
    'household_id',
    'member_ids',
    'community_code',
    'found_by',
    'applied_at',
    'situation',
    'monthly_income',
    'forms',
    'amount',
    'review_due',
    'verified_by',
    'minor_until',
    'handlers',
  ],
  welfare_cover: ['resident_id', 'kind', 'case_id'],
  welfare_step: ['case_id', 'no', 'action', 'state', 'at', 'by', 'note'],
  welfare_payment: ['case_id', 'month', 'form', 'amount', 'paid_at'],
  hardship_lead: [
    'id',
    'state',
    'urgency',
    'community_code',
    'opened_at',
    'resident_id',
    'outcome',
    'open_key',
    'minor_until',
    'handlers',
  ],
  hardship_signal: ['lead_id', 'no', 'source', 'reason', 'at', 'detail'],
} as const;

/** Of those who are assisted most are approved; made up. */
const states: WelfareState[] = ['APPROVED', 'APPROVED', 'APPROVED', 'APPROVED', 'VERIFIED', 'APPLIED', 'ENDED'];
const open = new Set<WelfareState>(['APPLIED', 'REFERRED', 'VERIFIED', 'APPROVED']);

/** Monthly aid in yuan, a single sum for temporary aid; made up. */
const amounts: Record<WelfareKind, [number, number]> = {
  MINIMUM_LIVING: [400, 1500],
  EXTREME_POVERTY: [1800, 2600],
  TEMPORARY: [1000, 5000],
  DISABILITY: [200, 700],
  CHILD_IN_DIFFICULTY: [800, 2500],
  LEFT_BEHIND_CHILD: [200, 600],
  HOMELESS: [200, 600],
  VETERAN_IN_DIFFICULTY: [500, 1500],
};

function kindOf({ age, mobilityImpaired }: SyntheticResident, random: Random): WelfareKind {
  if (age < 18) return random.pick(['CHILD_IN_DIFFICULTY', 'LEFT_BEHIND_CHILD']);
  if (mobilityImpaired) return 'DISABILITY';
  if (age >= 75) return random.pick(['MINIMUM_LIVING', 'MINIMUM_LIVING', 'EXTREME_POVERTY']);
  return random.pick(['MINIMUM_LIVING', 'MINIMUM_LIVING', 'TEMPORARY', 'VETERAN_IN_DIFFICULTY']);
}

/** The steps that led to a state, in order, with the state after each. */
const courses: Partial<Record<WelfareState, [WelfareAction, WelfareState][]>> = {
  APPLIED: [['APPLIED', 'APPLIED']],
  VERIFIED: [
    ['APPLIED', 'APPLIED'],
    ['VERIFIED', 'VERIFIED'],
  ],
  APPROVED: [
    ['APPLIED', 'APPLIED'],
    ['VERIFIED', 'VERIFIED'],
    ['DECIDED', 'APPROVED'],
  ],
  ENDED: [
    ['APPLIED', 'APPLIED'],
    ['VERIFIED', 'VERIFIED'],
    ['DECIDED', 'APPROVED'],
    ['ENDED', 'ENDED'],
  ],
};

/** The case of somebody who is assisted: of a social worker who decides and a community worker who verifies. */
export function assistanceOf(person: SyntheticResident, home: SyntheticHousehold, seed: number, put: Put): void {
  if (!isAssisted(person)) return;
  const random = randomFor(seed, 'assistance', person.id);
  const demo = person.id === 'demo-elder';
  const id = opaqueId('w', person.id);
  const kind = demo ? 'MINIMUM_LIVING' : kindOf(person, random);
  const state = demo ? 'APPROVED' : random.pick(states);
  const [social, worker] = [
    socialWorkerOfCase(home.communityCode, person.id),
    communityWorkerOfCase(home.communityCode, home.id),
  ];
  const applied = moment(random);
  const decided = state === 'APPROVED' || state === 'ENDED';
  const verified = decided || state === 'VERIFIED';
  const amount = random.int(...amounts[kind]);
  // A child's parent or grandparent applies.
  const applicant = person.age < 18 ? home.members[0]! : person;
  put('welfare_case', [
    id,
    kind,
    state,
    applicant.id,
    home.id,
    [person.id],
    home.communityCode,
    random.chance(0.2) ? 'DISCOVERY' : 'APPLICATION',
    applied.toISOString(),
    '示例：家庭收入低，日常开支有困难',
    verified ? random.int(0, 2000) : null,
    decided ? ['CASH'] : [],
    decided ? amount : null,
    state === 'APPROVED' ? daysAfter(applied, 365).slice(0, 10) : null,
    verified ? worker : null,
    minorUntil(person),
    [social, worker],
  ]);
  if (open.has(state)) put('welfare_cover', [person.id, kind, id]);
  for (const [i, [action, after]] of courses[state]!.entries()) {
    const by = action === 'APPLIED' ? null : action === 'VERIFIED' ? worker : social;
    put('welfare_step', [id, i + 1, action, after, daysAfter(applied, i * 5), by, null]);
  }
  if (decided) {
    const paid = daysAfter(applied, 15);
    put('welfare_payment', [id, paid.slice(0, 7), 'CASH', amount, paid]);
  }
}

const reasons: [HardshipSource, HardshipReason, string][] = [
  ['GRID', 'LACK_OF_CARE', '示例：网格员上门，老人多日未出门'],
  ['HOUSING', 'HOUSING', '示例：房屋隐患长期未整改'],
  ['HEALTH', 'ILLNESS', '示例：出院后无人照料'],
  ['RESIDENT', 'LIVING', '示例：邻居反映生活困难'],
  ['DATA_MATCH', 'UNEMPLOYMENT', '示例：连续失业登记'],
];

/** Made-up share of households about whose head or elder there is a lead. */
const leadShare = 0.008;

/** A new or taken lead to somebody in hardship; for the demo family to its elder, from two departments. */
export function leadOf(home: SyntheticHousehold, seed: number, put: Put): void {
  const random = randomFor(seed, 'hardship', home.index);
  const demo = home.index === 0;
  const found = random.chance(leadShare);
  if (!demo && !found) return;
  const person = demo ? home.members.at(-1)! : home.members[0]!;
  const opened = moment(random);
  const id = timeId('k', opened, opaqueId('k', home.index).slice(1, 7));
  const count = demo ? 2 : random.int(1, 3);
  const first = demo ? 0 : random.int(0, reasons.length - 1);
  put('hardship_lead', [
    id,
    demo || random.chance(0.7) ? 'NEW' : 'TAKEN',
    (['NORMAL', 'RAISED', 'URGENT'] as const)[count - 1]!,
    home.communityCode,
    opened.toISOString(),
    person.id,
    null,
    person.id,
    minorUntil(person),
    [socialWorkerOfCase(home.communityCode, person.id), communityWorkerOfCase(home.communityCode, home.id)],
  ]);
  for (let no = 1; no <= count; no++) {
    const [source, reason, detail] = reasons[(first + no - 1) % reasons.length]!;
    put('hardship_signal', [id, no, source, reason, daysAfter(opened, no - 1), detail]);
  }
}
