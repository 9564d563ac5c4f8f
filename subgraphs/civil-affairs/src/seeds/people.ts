import type { SyntheticHousehold } from '@linli/kit/population/households';
import { randomFor, type Random } from '@linli/kit/population/random';
import { communityWorkerOfCase, handlersOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { AppealCategory, AppealChannel, AppealState } from '../generated/graphql.js';
import { daysAfter, moment } from './calendar.js';
import { reportColumns, reportOf } from './child-protection.js';
import { serviceCaseOf, serviceCaseTables } from './service-cases.js';

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

/** Share of households that raised an appeal, and of those with an open or past service case. */
const appealShare = 0.08;
const caseShare = 0.12;

/** The synthetic residents and households, with some appeals, service cases and child-protection reports of theirs. */
export const peopleSeed = defineSeed({
  name: 'people',
  tables: {
    household: ['id', 'community_code', 'size', 'member_ids', 'handlers'],
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
      'handlers',
    ],
    appeal: [
      'no',
      'category',
      'state',
      'channel',
      'title',
      'community_code',
      'submitted_at',
      'due_at',
      'appellant_id',
      'handlers',
    ],
    ...serviceCaseTables,
    child_protection_report: reportColumns,
  },
  async run({ load, seed, households }) {
    const appeal = ({ index, id, communityCode, members }: SyntheticHousehold, random: Random) => {
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
        daysAfter(submitted, 15),
        random.chance(0.9) ? members[0]!.id : null,
        [communityWorkerOfCase(communityCode, id)],
      ]);
    };
    for (const household of households()) {
      const { index, id, communityCode, members } = household;
      const handlers = new Set<string>();
      for (const member of members) {
        const report = reportOf(member, household, seed);
        if (report) load.row('child_protection_report', report.cells);
        const own = [...new Set([...handlersOf(member, household), ...(report?.handlers ?? [])])];
        for (const staff of own) handlers.add(staff);
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
          own,
        ]);
      }
      load.row('household', [id, communityCode, members.length, members.map((member) => member.id), [...handlers]]);
      const random = randomFor(seed, 'services', index);
      // The demo family always has one of each, so that examples show something.
      if (index === 0 || random.chance(appealShare)) appeal(household, random);
      if (index === 0 || random.chance(caseShare)) {
        for (const [table, cells] of serviceCaseOf(household, random)) load.row(table, cells);
      }
      await load.flushIfFull();
    }
  },
});
