import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { placesOf, slotsOn } from '../appointment-slots.js';
import type { Resolvers } from '../generated/graphql.js';
import { plusDays, startOf } from '../today.js';
import { facilityOf, ofPatient } from './patient-row.js';

function withinDay(day: string | Date): { gte: Date; lt: Date } {
  return { gte: startOf(new Date(day)), lt: startOf(plusDays(new Date(day), 1)) };
}

/** Appointments, and what can still be booked. */
export const appointmentResolvers: Resolvers = {
  Query: {
    appointmentSlots: async (_, { id, service, day }, { db, loaders }) => {
      const facility = await loaders.healthFacility.load(id);
      if (!facility) return null;
      const places = placesOf(facility, service);
      const slots = places === 0 ? [] : slotsOn(new Date(day), new Date());
      const taken = await db.appointmentSlot.findMany({ where: { facilityId: id, service, at: { in: slots } } });
      const takenAt = new Map(taken.map((slot) => [slot.at.getTime(), slot.taken]));
      return slots.map((at) => ({ at, places, available: places - (takenAt.get(at.getTime()) ?? 0) }));
    },
    healthAppointments: (_, { first, after, place, facility, day, state }, { db }) => {
      const where = {
        communityCode: placeRange(place),
        facilityId: facility,
        at: day ? withinDay(day) : null,
        state,
      };
      return pageOf(db.healthAppointment, 'id', where, { first, after });
    },
    healthAppointment: (_, { id }, { loaders }) => loaders.appointment.load(id),
  },
  HealthAppointment: {
    __resolveReference: ({ id }, { loaders }) => loaders.appointment.load(id),
    ...ofPatient,
    facility: facilityOf,
  },
};
