/** A vaccine of the schedule, with the age in months of each dose. */
export interface ScheduledVaccine {
  readonly vaccine: string;
  readonly months: readonly number[];
}

/** 国家免疫规划疫苗儿童免疫程序 (2021), shortened. */
export const immunisationSchedule: readonly ScheduledVaccine[] = [
  { vaccine: '乙肝疫苗', months: [0, 1, 6] },
  { vaccine: '卡介苗', months: [0] },
  { vaccine: '脊灰疫苗', months: [2, 3, 4, 48] },
  { vaccine: '百白破疫苗', months: [3, 4, 5, 18] },
  { vaccine: '麻腮风疫苗', months: [8, 18] },
  { vaccine: '乙脑减毒活疫苗', months: [8, 24] },
  { vaccine: '甲肝减毒活疫苗', months: [18] },
];

/** Vaccines outside of the schedule that clinics give and record, with the most doses that one person has of them. */
export const otherVaccines: ReadonlyMap<string, number> = new Map([
  ['流感疫苗', 100],
  ['水痘疫苗', 2],
  ['人乳头瘤病毒疫苗', 3],
  ['肺炎球菌疫苗', 4],
  ['带状疱疹疫苗', 2],
  ['狂犬病疫苗', 5],
]);

/** The schedule of a vaccine; undefined for one outside of it. */
export function scheduleOf(vaccine: string): ScheduledVaccine | undefined {
  return immunisationSchedule.find((each) => each.vaccine === vaccine);
}
