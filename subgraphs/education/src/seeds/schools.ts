import { randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import type { AfterSchoolKind, SchoolStage, Weekday } from '../generated/graphql.js';
import { placedSchools, type PlacedSchool } from './school-map.js';
import { placedVenues, slotsOf } from './venues.js';

const grades: Record<SchoolStage, number> = { PRIMARY: 6, MIDDLE: 3, NINE_YEAR: 9 };
/** Pupils a class has room for. */
const placesPerClass = 45;

/** What schools offer during terms; summer care has a seed of its own. */
type TermKind = Exclude<AfterSchoolKind, 'SUMMER_CARE'>;

/** Shares and places are made up; the plan asks for 课后服务 without numbers. */
const programmes: Record<
  TermKind,
  { title: string; share: number; weekdays: readonly Weekday[]; hours: string; places: [number, number] }
> = {
  HOMEWORK_CARE: {
    title: '作业辅导与托管',
    share: 1,
    weekdays: ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
    hours: '16:30-18:00',
    places: [120, 400],
  },
  ARTS_AND_SPORTS: {
    title: '文体社团',
    share: 0.8,
    weekdays: ['TUESDAY', 'THURSDAY'],
    hours: '16:30-17:30',
    places: [40, 120],
  },
  SCIENCE_CLUB: {
    title: '科技社团',
    share: 0.6,
    weekdays: ['WEDNESDAY'],
    hours: '16:30-18:00',
    places: [20, 60],
  },
};

/** Schools, what they offer after lessons, and the venues they open to residents. */
export const schoolsSeed = defineSeed({
  name: 'schools',
  tables: {
    school: ['id', 'name', 'stage', 'community_code', 'districtal', 'places'],
    after_school_programme: ['id', 'name', 'kind', 'school_id', 'community_code', 'places', 'weekdays', 'hours'],
    shared_venue: ['id', 'name', 'kind', 'school_id', 'community_code', 'area_m2', 'open_hours'],
    venue_slot: ['id', 'venue_id', 'weekday', 'starts_at', 'ends_at', 'bookings'],
  },
  async run({ load, seed }) {
    const addProgrammes = ({ id, name, communityCode }: PlacedSchool) => {
      const random = randomFor(seed, 'after-school', id);
      for (const [i, kind] of (Object.keys(programmes) as TermKind[]).entries()) {
        const { title, share, weekdays, hours, places } = programmes[kind];
        if (!random.chance(share)) continue;
        load.row('after_school_programme', [
          `after-school-${communityCode}-1-${i + 1}`,
          `${name}${title}`,
          kind,
          id,
          communityCode,
          random.int(...places),
          weekdays,
          hours,
        ]);
      }
    };
    const addVenues = (school: PlacedSchool) => {
      for (const venue of placedVenues(school, seed)) {
        const { id, name, kind, areaM2, openHours } = venue;
        load.row('shared_venue', [id, name, kind, school.id, school.communityCode, areaM2, openHours]);
        for (const slot of slotsOf(venue)) {
          load.row('venue_slot', [slot.id, id, slot.weekday, slot.startsAt, slot.endsAt, slot.bookings]);
        }
      }
    };
    for (const school of placedSchools()) {
      const { id, name, stage, communityCode } = school;
      const random = randomFor(seed, 'school', id);
      const classes = grades[stage] * random.int(4, 8);
      load.row('school', [id, name, stage, communityCode, random.chance(0.96), classes * placesPerClass]);
      addProgrammes(school);
      addVenues(school);
      await load.flushIfFull();
    }
  },
});
