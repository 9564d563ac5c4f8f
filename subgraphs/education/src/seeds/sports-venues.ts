import { referenceDate } from '@linli/kit/population/households';
import { demoCommunity } from '@linli/kit/population/places';
import { opaqueId, randomFor } from '@linli/kit/population/random';
import { defineSeed } from '@linli/kit/seeding/seed';
import { addDays, slotTime } from '../days.js';
import type { SharedVenueKind, VenueBookingState } from '../generated/graphql.js';
import { communityTeacher } from '../posts.js';
import { placedSchools } from './school-map.js';
import { firstFacilities, sites } from './sites.js';
import { placedVenues, slotsOf, week, type Slot } from './venues.js';

interface PublicVenueType {
  title: string;
  area: [number, number];
  openHours: string;
  bookings: number;
  times: readonly { from: string; to: string; feeCents: number }[];
}

/** Public sports grounds that can be booked, free by day and, indoors, at a fee in the evening; made up. */
const types: Record<'OUTDOOR_GYM' | 'TABLE_TENNIS', PublicVenueType> = {
  OUTDOOR_GYM: {
    title: '室外智能健身房',
    area: [120, 400],
    openHours: '每日 19:00-21:00',
    bookings: 10,
    times: [{ from: '19:00', to: '21:00', feeCents: 0 }],
  },
  TABLE_TENNIS: {
    title: '乒乓球室',
    area: [80, 260],
    openHours: '每日 09:00-11:00、19:00-21:00',
    bookings: 4,
    times: [
      { from: '09:00', to: '11:00', feeCents: 0 },
      { from: '19:00', to: '21:00', feeCents: 2000 },
    ],
  },
};

/** Shares, made up: adults who booked a school's venue last month, and those of them who came or did not. */
const bookingShare = 0.03;
const noShowShare = 0.08;

interface BookedVenue {
  id: string;
  communityCode: string;
  slots: Slot[];
}

/** Public venues in the first community of every street, and last month's bookings of school venues. */
export const sportsVenuesSeed = defineSeed({
  name: 'sports-venues',
  tables: {
    shared_venue: ['id', 'name', 'kind', 'facility_id', 'community_code', 'area_m2', 'open_hours'],
    venue_slot: ['id', 'venue_id', 'weekday', 'starts_at', 'ends_at', 'bookings', 'fee_cents'],
    venue_booking: [
      'id',
      'venue_id',
      'slot_id',
      'date',
      'seat',
      'holder',
      'resident_id',
      'state',
      'people',
      'fee_cents',
      'booked_at',
      'ends_at',
      'community_code',
      'handlers',
      'minor_until',
    ],
  },
  async run({ load, seed, households }) {
    const grounds = firstFacilities('SPORTS_VENUE');
    for (const { community, position } of sites()) {
      if (position > 0) continue;
      const { code, name } = community;
      const random = randomFor(seed, 'sports-venue', code);
      const kinds = Object.keys(types) as (keyof typeof types & SharedVenueKind)[];
      for (const kind of code === demoCommunity ? kinds : [random.pick(kinds)]) {
        const { title, area, openHours, bookings, times } = types[kind];
        const place = `${code}-${kind === 'OUTDOOR_GYM' ? 'gym' : 'tennis'}`;
        const id = `sports-venue-${place}`;
        load.row('shared_venue', [
          id,
          `${name}${title}`,
          kind,
          grounds.get(code) ?? null,
          code,
          random.int(...area),
          openHours,
        ]);
        for (const [day, weekday] of week.entries()) {
          for (const [i, { from, to, feeCents }] of times.entries()) {
            load.row('venue_slot', [`slot-${place}-${day + 1}0${i + 1}`, id, weekday, from, to, bookings, feeCents]);
          }
        }
      }
    }

    const venues = new Map<string, BookedVenue>();
    for (const school of placedSchools()) {
      const { communityCode } = school;
      const [court] = placedVenues(school, seed);
      venues.set(communityCode, { id: court!.id, communityCode, slots: slotsOf(court!) });
    }
    const seats = new Map<string, number>();
    for (const { index, communityCode, members } of households()) {
      const venue = venues.get(communityCode);
      const [head] = members;
      const random = randomFor(seed, 'venue-booking', index);
      if (!venue || (index > 0 && !random.chance(bookingShare))) continue;
      const slot = random.pick(venue.slots);
      const date = dayOf(slot, random.int(0, 3));
      const seat = (seats.get(`${slot.id} ${date}`) ?? 0) + 1;
      if (seat > slot.bookings) continue;
      seats.set(`${slot.id} ${date}`, seat);
      const state: VenueBookingState = index > 0 && random.chance(noShowShare) ? 'NO_SHOW' : 'CHECKED_IN';
      load.row('venue_booking', [
        opaqueId('b', index),
        venue.id,
        slot.id,
        date,
        seat,
        head!.id,
        head!.id,
        state,
        random.int(1, slot.bookings > 1 ? 6 : 20),
        0,
        `${addDays(date, -random.int(1, 7))}T04:00:00Z`,
        slotTime(date, slot.endsAt).toISOString(),
        venue.communityCode,
        [communityTeacher(venue.communityCode)],
        null,
      ]);
      await load.flushIfFull();
    }
  },
});

/** The last day of a slot up to the reference date, or one of the weeks before. */
function dayOf({ weekday }: Slot, weeksBefore: number): string {
  const today = (new Date(`${referenceDate}T00:00:00Z`).getUTCDay() + 6) % 7;
  return addDays(referenceDate, -((today - week.indexOf(weekday) + 7) % 7) - weeksBefore * 7);
}
