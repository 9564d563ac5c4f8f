import type { Random } from '@linli/kit/population/random';
import { daysAfter, monthsAfter } from './days.js';

export interface Dose {
  vaccine: string;
  dose: number;
  vaccinatedOn: string;
}

/** 国家免疫规划疫苗儿童免疫程序 (2021), shortened: vaccine, then the age in months of each dose. */
const childhood: readonly (readonly [string, readonly number[]])[] = [
  ['乙肝疫苗', [0, 1, 6]],
  ['卡介苗', [0]],
  ['脊灰疫苗', [2, 3, 4, 48]],
  ['百白破疫苗', [3, 4, 5, 18]],
  ['麻腮风疫苗', [8, 18]],
  ['乙脑减毒活疫苗', [8, 24]],
  ['甲肝减毒活疫苗', [18]],
];

/** Children up to this age have their childhood doses on record here; older people's were given before. */
const recordedUpTo = 9;

/**
 * The doses one person has had by a day: children those of the schedule, each up to three weeks late; some adults and
 * more of the elderly a yearly influenza dose. At most 17.
 * @param always gives even those a dose whom the draw would leave without
 */
export function dosesOf(
  person: { birthDate: string; age: number },
  until: string,
  always: boolean,
  random: Random,
): Dose[] {
  if (person.age <= recordedUpTo) {
    return childhood.flatMap(([vaccine, months]) =>
      months
        .map((month, i) => ({
          vaccine,
          dose: i + 1,
          vaccinatedOn: daysAfter(monthsAfter(person.birthDate, month), random.int(0, 21)),
        }))
        .filter(({ vaccinatedOn }) => vaccinatedOn <= until),
    );
  }
  const influenza = random.chance(person.age >= 60 ? 0.4 : 0.1);
  return influenza || always
    ? [{ vaccine: '流感疫苗', dose: 1, vaccinatedOn: daysAfter(until, -random.int(120, 270)) }]
    : [];
}
