import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { countContractedResidents } from './queries/contracted-residents.js';
import { latestAppointments } from './queries/latest-appointments.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders(pool: Pool, db: Database) {
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
    appointmentsOfResident: latestAppointments(pool, db),

    healthFacilitiesOfCommunity: childrenOf(pool, db.healthFacility, 'id', 'health_facility.community_code'),
    nurseriesOfCommunity: childrenOf(pool, db.nursery, 'id', 'nursery.community_code'),
    eventsOfCommunity: childrenOf(pool, db.publicHealthEvent, 'id', 'public_health_event.community_code'),

    contractedResidents: countContractedResidents(pool),
  };
}
