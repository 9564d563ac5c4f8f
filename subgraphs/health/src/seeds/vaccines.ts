import type { Random } from '@linli/kit/population/random';
import { immunisationSchedule } from '../immunisation.js';
import { daysAfter, monthsAfter } from './days.js';

export interface Dose {
  vaccine: string;
  dose: number;
  vaccinatedOn: string;
}

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
    return immunisationSchedule.flatMap(({ vaccine, months }) =>
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

/**
 * The next dose of each vaccine that a child is to have, by the doses that it has had; for whoever is older than children
 * whose doses are on record, none.
 */
export function dueDosesOf(person: { birthDate: string; age: number }, given: readonly Dose[]) {
  if (person.age > recordedUpTo) return [];
  return immunisationSchedule.flatMap(({ vaccine, months }) => {
    const had = given.filter((each) => each.vaccine === vaccine).length;
    const next = months[had];
    return next === undefined ? [] : [{ vaccine, dose: had + 1, dueOn: monthsAfter(person.birthDate, next) }];
  });
}
