import { defineSeed } from '@linli/kit/seeding/seed';
import { addDays } from '../days.js';

const firstYear = 2024;
const lastYear = 2040;

interface Term {
  schoolYear: number;
  number: 1 | 2;
  startsOn: string;
  endsOn: string;
}

/** Dates near Shenzhen's calendars, made up: the education bureau publishes those of each year. */
function* terms(): Generator<Term> {
  for (let year = firstYear; year <= lastYear; year++) {
    yield { schoolYear: year, number: 1, startsOn: `${year}-09-01`, endsOn: `${year + 1}-01-24` };
    yield { schoolYear: year, number: 2, startsOn: `${year + 1}-02-17`, endsOn: `${year + 1}-07-11` };
  }
}

/** Applications close so many days before a term ends, and those for the next one are open by then. */
const closesBeforeEnd = 30;
const opensBeforeStart = 150;

/**
 * Terms with the days between which places may be applied for; after a term has begun an application is one for a child
 * who comes later (插班). Made up so that some term can always be applied for.
 */
export const schoolTermsSeed = defineSeed({
  name: 'school-terms',
  tables: {
    school_term: ['id', 'school_year', 'number', 'starts_on', 'ends_on', 'applications_from', 'applications_until'],
  },
  run({ load }) {
    for (const { schoolYear, number, startsOn, endsOn } of terms()) {
      load.row('school_term', [
        `${schoolYear}-${number}`,
        schoolYear,
        number,
        startsOn,
        endsOn,
        addDays(startsOn, -opensBeforeStart),
        addDays(endsOn, -closesBeforeEnd),
      ]);
    }
    return Promise.resolve();
  },
});
