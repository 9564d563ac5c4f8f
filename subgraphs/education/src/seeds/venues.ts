import { randomFor } from '@linli/kit/population/random';
import type { SharedVenueKind, Weekday } from '../generated/graphql.js';
import type { PlacedSchool } from './school-map.js';

interface VenueType {
  title: string;
  area: [number, number];
  /** Whether it can be used beside lessons, on weekday evenings; else at weekends only. */
  outdoor: boolean;
  /** Groups that can use it at the same time. */
  bookings: number;
}

/** What a school has; public sports venues have a seed of their own. */
type SchoolVenueKind = Exclude<SharedVenueKind, 'TABLE_TENNIS' | 'OUTDOOR_GYM'>;

const types: Record<SchoolVenueKind, VenueType> = {
  RUNNING_TRACK: { title: '田径场', area: [4000, 12000], outdoor: true, bookings: 20 },
  BASKETBALL_COURT: { title: '篮球场', area: [420, 1700], outdoor: true, bookings: 4 },
  FOOTBALL_PITCH: { title: '足球场', area: [1500, 7000], outdoor: true, bookings: 2 },
  BADMINTON_HALL: { title: '羽毛球馆', area: [300, 900], outdoor: false, bookings: 6 },
  MULTIPURPOSE_HALL: { title: '多功能厅', area: [200, 600], outdoor: false, bookings: 1 },
  TRAINING_ROOM: { title: '实训教室', area: [80, 160], outdoor: false, bookings: 1 },
};

const weekdays: readonly Weekday[] = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'];
const weekend: readonly Weekday[] = ['SATURDAY', 'SUNDAY'];
/** All days, in the order of the week here. */
export const week: readonly Weekday[] = [...weekdays, ...weekend];

const evening: [string, string][] = [['18:30', '21:00']];
const wholeDay: [string, string][] = [
  ['08:00', '10:00'],
  ['10:00', '12:00'],
  ['14:00', '16:00'],
  ['16:00', '18:00'],
];

export interface PlacedVenue {
  id: string;
  name: string;
  kind: SchoolVenueKind;
  areaM2: number;
  openHours: string;
}

export interface Slot {
  id: string;
  weekday: Weekday;
  startsAt: string;
  endsAt: string;
  bookings: number;
}

/** The venues a school opens: a court everywhere, a track where older pupils are, and one that is drawn. */
export function placedVenues(school: PlacedSchool, seed: number): PlacedVenue[] {
  const random = randomFor(seed, 'venue', school.id);
  const drawn = random.pick<SchoolVenueKind>([
    'FOOTBALL_PITCH',
    'BADMINTON_HALL',
    'MULTIPURPOSE_HALL',
    'TRAINING_ROOM',
  ]);
  const kinds: SchoolVenueKind[] = [
    'BASKETBALL_COURT',
    ...(school.stage === 'PRIMARY' ? [] : ['RUNNING_TRACK' as const]),
  ];
  return [...kinds, drawn].map((kind, i) => ({
    id: `shared-venue-${school.communityCode}-1-${i + 1}`,
    name: `${school.name}${types[kind].title}`,
    kind,
    areaM2: random.int(...types[kind].area),
    openHours: `${types[kind].outdoor ? '周一至周五 18:30-21:00，' : ''}周六、周日 08:00-12:00、14:00-18:00`,
  }));
}

/** The times of a week in which a venue may be booked, first to last, also in the order of their ids. */
export function slotsOf({ id, kind }: PlacedVenue): Slot[] {
  const { outdoor, bookings } = types[kind];
  const days = [...(outdoor ? weekdays : []), ...weekend];
  return days.flatMap((weekday) =>
    (weekend.includes(weekday) ? wholeDay : evening).map(([startsAt, endsAt], i) => ({
      id: `${id.replace('shared-venue', 'slot')}-${week.indexOf(weekday) + 1}0${i + 1}`,
      weekday,
      startsAt,
      endsAt,
      bookings,
    })),
  );
}
