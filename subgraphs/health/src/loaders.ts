import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { contractedResidents } from './queries/contracted-residents.js';
import { latestAppointments } from './queries/latest-appointments.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, sql, unscoped }: Access<Database>) {
  return {
    healthFacility: rowByKey(db.healthFacility, 'id'),
    nursery: rowByKey(db.nursery, 'id'),
    contract: rowByKey(db.familyDoctorContract, 'id'),
    record: rowByKey(db.healthRecord, 'recordNo'),
    vaccination: rowByKey(db.vaccination, 'id'),
    appointment: rowByKey(db.healthAppointment, 'id'),
    referral: rowByKey(db.mentalHealthReferral, 'id'),
    event: rowByKey(db.publicHealthEvent, 'id'),

    contractOfResident: rowByKey(db.familyDoctorContract, 'residentId'),
    recordOfResident: rowByKey(db.healthRecord, 'residentId'),
    vaccinationsOfResident: loadByParent(
      (ids) =>
        db.vaccination.findMany({
          where: { residentId: { in: ids } },
          orderBy: [{ vaccinatedOn: 'asc' }, { id: 'asc' }],
        }),
      (row) => row.residentId,
    ),
    appointmentsOfResident: latestAppointments(sql, db),

    healthFacilitiesOfCommunity: childrenOf(db.healthFacility, 'id', 'communityCode'),
    nurseriesOfCommunity: childrenOf(db.nursery, 'id', 'communityCode'),
    eventsOfCommunity: childrenOf(db.publicHealthEvent, 'id', 'communityCode'),

    contractedResidents: async (community: string) => (await contractedResidents(unscoped)).get(community) ?? null,
  };
}
