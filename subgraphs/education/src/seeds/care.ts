import { minorUntil } from '@linli/kit/minor';
import { referenceDate } from '@linli/kit/population/households';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { teacherOf } from '@linli/kit/population/staff';
import { defineSeed } from '@linli/kit/seeding/seed';
import { addDays } from '../days.js';
import type { PsychologicalAidConcern, PsychologicalAidState, SchoolPlacementState } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { stepId } from '../step-id.js';
import { streetOf } from '../street.js';
import { placementsOf } from './placements.js';
import { placedSchools, schoolFinder, type PlacedSchool } from './school-map.js';

/** Shares, made up: pupils of primary age in summer care, and children for whom somebody asked for help. */
const summerShare = 0.12;
const aidShare = 0.01;
/** Places of a street's summer care. */
const summerPlaces: [number, number] = [30, 80];
const lastPrimaryGrade = 6;

const concerns: readonly PsychologicalAidConcern[] = ['EMOTION', 'STUDY_PRESSURE', 'PEERS', 'FAMILY'];
/** What a case went through before it was where it is. */
const courses: readonly (readonly PsychologicalAidState[])[] = [
  ['REQUESTED'],
  ['REQUESTED', 'ACCEPTED'],
  ['REQUESTED', 'ACCEPTED', 'COUNSELLING'],
  ['REQUESTED', 'ACCEPTED', 'COUNSELLING', 'CLOSED'],
];

interface SummerCare {
  id: string;
  communityCode: string;
  places: number;
  enrolled: number;
  waitlisted: number;
}

const scopeColumns = ['community_code', 'handlers', 'minor_until'] as const;

/** Summer care in every street's school of nine grades, psychological aid, and how places were applied for. */
export const careSeed = defineSeed({
  name: 'care',
  tables: {
    after_school_programme: [
      'id',
      'name',
      'kind',
      'school_id',
      'community_code',
      'places',
      'weekdays',
      'hours',
      'season',
      'enrolled',
      'waitlisted',
      'last_waiting_no',
    ],
    after_school_enrollment: [
      'id',
      'programme_id',
      'resident_id',
      'state',
      'waiting_no',
      'enrolled_at',
      ...scopeColumns,
    ],
    psychological_aid: [
      'id',
      'child_id',
      'requested_by',
      'concern',
      'details',
      'requested_at',
      'state',
      'version',
      ...scopeColumns,
    ],
    psychological_aid_step: ['id', 'aid_id', 'at', 'from', 'to'],
    school_placement_step: ['id', 'placement_id', 'at', 'actor', 'from', 'to'],
  },
  async run({ load, seed, households }) {
    const summer = new Map<string, SummerCare & { school: PlacedSchool }>();
    for (const school of placedSchools()) {
      const { communityCode, stage } = school;
      if (stage !== 'NINE_YEAR') continue;
      const places = randomFor(seed, 'summer-care', communityCode).int(...summerPlaces);
      const id = `after-school-${communityCode}-1-summer`;
      summer.set(streetOf(communityCode), { id, communityCode, places, enrolled: 0, waitlisted: 0, school });
    }
    const find = schoolFinder();
    // The last step is the one that made version 1, which is what is there.
    const stepsOf = (id: string, state: SchoolPlacementState, since: string) => {
      const at = (days: number) => `${addDays(since, days)}T02:00:00Z`;
      const add = (made: number, cells: (string | null)[]) =>
        load.row('school_placement_step', [stepId(id, made), id, ...cells]);
      if (state === 'ALLOCATED') add(0, [at(0), 'GUARDIAN', null, 'APPLIED']);
      if (state === 'APPLIED') add(1, [at(0), 'GUARDIAN', null, 'APPLIED']);
      else if (state === 'ALLOCATED') add(1, [at(10), 'SCHOOL', 'APPLIED', 'ALLOCATED']);
      else add(1, [at(0), 'SCHOOL', null, 'ENROLLED']);
    };
    for (const household of households()) {
      const { index, communityCode } = household;
      const demo = index === 0;
      const random = randomFor(seed, 'care', index);
      for (const [i, { id, resident, grade, state, since }] of placementsOf(household, find, seed).entries()) {
        if (demo || state !== 'ENROLLED') stepsOf(id, state, since);
        const until = minorUntil(resident);
        const programme = summer.get(streetOf(communityCode))!;
        if (grade <= lastPrimaryGrade && (demo || random.chance(summerShare))) {
          const full = programme.enrolled >= programme.places;
          load.row('after_school_enrollment', [
            opaqueId('s', index, i),
            programme.id,
            resident.id,
            full ? 'WAITLISTED' : 'ENROLLED',
            full ? ++programme.waitlisted : (programme.enrolled++, null),
            `${addDays(referenceDate, -random.int(3, 30))}T02:00:00Z`,
            programme.communityCode,
            [communityTeacher(programme.communityCode)],
            until,
          ]);
        }
        if (demo || random.chance(aidShare)) {
          const course = random.pick(courses);
          const aid = opaqueId('y', index, i);
          const asked = addDays(referenceDate, -random.int(30, 120));
          load.row('psychological_aid', [
            aid,
            resident.id,
            random.chance(0.6) ? 'GUARDIAN' : 'TEACHER',
            random.pick(concerns),
            '示例：孩子近期情绪低落，希望得到辅导。',
            `${asked}T02:00:00Z`,
            course.at(-1)!,
            course.length,
            communityCode,
            [...new Set([communityTeacher(communityCode), teacherOf(resident, household)!])],
            until,
          ]);
          for (const [n, to] of course.entries()) {
            const at = `${addDays(asked, n * 7)}T02:00:00Z`;
            load.row('psychological_aid_step', [stepId(aid, n + 1), aid, at, course[n - 1] ?? null, to]);
          }
        }
      }
      await load.flushIfFull();
    }
    for (const { id, school, communityCode, places, enrolled, waitlisted } of summer.values()) {
      load.row('after_school_programme', [
        id,
        `${school.name}暑期托管`,
        'SUMMER_CARE',
        school.id,
        communityCode,
        places,
        ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'],
        '08:30-17:30',
        '每年七月中旬至八月中旬',
        enrolled,
        waitlisted,
        waitlisted,
      ]);
    }
  },
});
