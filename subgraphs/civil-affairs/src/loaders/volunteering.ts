import { loadByKey } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';
import { loadByMember } from './by-member.js';

/** Volunteer stations and projects, volunteers, what they sign up for and what is needed of them; the time bank. */
export function volunteeringLoaders(db: Reader<Database>) {
  return {
    volunteerStation: rowByKey(db.volunteerStation, 'id'),
    stationsOfCommunity: childrenOf(db.volunteerStation, 'id', 'communityCode'),
    volunteerProject: rowByKey(db.volunteerProject, 'id'),
    projectsOfCommunity: childrenOf(db.volunteerProject, 'id', 'communityCode'),
    projectsOfStation: childrenOf(db.volunteerProject, 'id', 'stationId'),
    volunteer: rowByKey(db.volunteer, 'id'),
    volunteerOfResident: loadByKey(
      (ids) => db.volunteer.findMany({ where: { residentId: { in: ids } } }),
      (row) => row.residentId,
    ),
    volunteerNeed: rowByKey(db.volunteerNeed, 'id'),
    needsOfParty: loadByMember(
      (ids) => db.volunteerNeed.findMany({ where: { parties: { hasSome: ids } }, orderBy: { id: 'asc' } }),
      (row) => row.parties,
    ),
    volunteerSignUp: rowByKey(db.volunteerSignUp, 'id'),
    signUpsOfResident: childrenOf(db.volunteerSignUp, 'id', 'residentId'),
    timeBankAccount: rowByKey(db.timeBankAccount, 'id'),
    timeBankAccountOfHolder: loadByKey(
      (ids) => db.timeBankAccount.findMany({ where: { holderId: { in: ids } } }),
      (row) => row.holderId!,
    ),
    entriesOfAccount: childrenOf(db.timeBankEntry, 'id', 'accountId'),
  };
}
