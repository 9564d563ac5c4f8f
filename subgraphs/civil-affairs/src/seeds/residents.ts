import { referenceDate, type SyntheticHousehold } from '@linli/kit/population/households';
import { randomFor, type Random } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { AppealCategory, AppealChannel, AppealState, ServiceCaseState } from '../generated/graphql.js';

const titles: Record<AppealCategory, string> = {
  PROPERTY: '楼道照明长期不亮',
  ENVIRONMENT: '垃圾分类点清运不及时',
  NOISE: '夜间施工噪声扰民',
  TRAFFIC: '小区出入口违停',
  SAFETY: '楼道堆放杂物占用消防通道',
  CARE: '希望增设老人助餐点',
  EDUCATION: '希望增加课后服务名额',
  HEALTH: '希望社康延长夜间门诊',
};
const categories = Object.keys(titles) as AppealCategory[];
const states: AppealState[] = [
  'SUBMITTED',
  'ACCEPTED',
  'DISPATCHED',
  'HANDLING',
  'ANSWERED',
  'CONFIRMED',
  'EVALUATED',
  'CLOSED',
  'CLOSED',
];
const channels: AppealChannel[] = ['ONLINE', 'WINDOW', 'KIOSK', 'GRID_WORKER'];
const caseStates: ServiceCaseState[] = ['APPLIED', 'SUPPLEMENT_NEEDED', 'HANDLING', 'DECIDED'];

/** Share of households that raised an appeal, and of those with an open or past service case. */
const appealShare = 0.08;
const caseShare = 0.12;

/** A moment in the year before the reference date. */
function moment(random: Random): Date {
  return new Date(Date.parse(`${referenceDate}T01:00:00Z`) - random.int(0, 365 * 24 * 60) * 60_000);
}

function days(start: Date, count: number): string {
  return new Date(start.getTime() + count * 86_400_000).toISOString();
}

/** The synthetic residents and households, with some appeals and service cases of theirs. */
export const residentsSeed = defineSeed({
  name: 'residents',
  tables: {
    household: ['id', 'community_code', 'size'],
    resident: [
      'id',
      'name',
      'sex',
      'birth_date',
      'phone',
      'household_role',
      'household_id',
      'community_code',
      'lives_alone',
      'mobility_impaired',
    ],
    appeal: ['no', 'category', 'state', 'channel', 'title', 'community_code', 'submitted_at', 'due_at', 'appellant_id'],
    service_case: ['id', 'item_code', 'applicant_id', 'state', 'applied_at'],
  },
  async run({ load, seed, households }) {
    const appeal = ({ index, communityCode, members }: SyntheticHousehold, random: Random) => {
      const category = random.pick(categories);
      const submitted = moment(random);
      load.row('appeal', [
        `A${submitted.toISOString().slice(0, 10).replaceAll('-', '')}${String(index).padStart(8, '0')}`,
        category,
        random.pick(states),
        random.pick(channels),
        titles[category],
        communityCode,
        submitted.toISOString(),
        days(submitted, 15),
        random.chance(0.9) ? members[0]!.id : null,
      ]);
    };
    for (const household of households()) {
      const { index, id, communityCode, members } = household;
      load.row('household', [id, communityCode, members.length]);
      for (const member of members) {
        load.row('resident', [
          member.id,
          member.name,
          member.sex,
          member.birthDate,
          member.phone,
          member.role,
          id,
          communityCode,
          members.length === 1,
          member.mobilityImpaired,
        ]);
      }
      const random = randomFor(seed, 'services', index);
      // The demo family always has one of each, so that examples show something.
      if (index === 0 || random.chance(appealShare)) appeal(household, random);
      if (index === 0 || random.chance(caseShare)) {
        load.row('service_case', [
          `C${String(index).padStart(8, '0')}`,
          `S${String(random.int(1, 24)).padStart(3, '0')}`,
          members[0]!.id,
          random.pick(caseStates),
          moment(random).toISOString(),
        ]);
      }
      await load.flushIfFull();
    }
  },
});
