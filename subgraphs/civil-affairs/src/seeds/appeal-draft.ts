import type { SyntheticHousehold } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';
import type { AppealCategory, AppealChannel, AppealState } from '../generated/graphql.js';
import { moment } from './calendar.js';

/** What appeals of a category are about. */
export const titles: Record<AppealCategory, string> = {
  PROPERTY: '楼道照明长期不亮',
  ENVIRONMENT: '垃圾分类点清运不及时',
  NOISE: '夜间施工噪声扰民',
  TRAFFIC: '小区出入口违停',
  SAFETY: '楼道堆放杂物占用消防通道',
  CARE: '希望增设老人助餐点',
  EDUCATION: '希望增加课后服务名额',
  HEALTH: '希望社康延长夜间门诊',
};
export const categories = Object.keys(titles) as AppealCategory[];
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
/** Share of households that raised an appeal; made up. */
const appealShare = 0.08;

/** An appeal as it is drawn, before it has a course. */
export interface AppealDraft {
  no: string;
  category: AppealCategory;
  /** The state that its course leads to. */
  state: AppealState;
  channel: AppealChannel;
  communityCode: string;
  submittedAt: Date;
  appellantId: string | null;
  /** What its handlers hang on, see population/staff.ts of the kit. */
  householdId: string;
}

/** The number of an appeal: the day it was submitted, and a serial number. */
export function appealNo(submittedAt: Date, serial: number): string {
  return `A${submittedAt.toISOString().slice(0, 10).replaceAll('-', '')}${String(serial).padStart(8, '0')}`;
}

/** The appeal of a household, if it raised one; the demo family always did, so that examples show something. */
export function drawAppeal(household: SyntheticHousehold, random: Random): AppealDraft | null {
  const { index, id, communityCode, members } = household;
  if (!(index === 0 || random.chance(appealShare))) return null;
  const category = random.pick(categories);
  const submittedAt = moment(random);
  const state = random.pick(states);
  const channel = random.pick(channels);
  const appellantId = random.chance(0.9) ? members[0]!.id : null;
  return {
    no: appealNo(submittedAt, index),
    category,
    state,
    channel: appellantId === null ? 'PROACTIVE' : channel,
    communityCode,
    submittedAt,
    appellantId,
    householdId: id,
  };
}
