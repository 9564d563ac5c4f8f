import type { SyntheticHousehold } from '@linli/kit/population/households';
import {
  communityWorkerOf,
  gridWorkerOf,
  propertyManagerOf,
  propertyProjectOf,
  socialWorkerOf,
} from '@linli/kit/population/staff';

/**
 * Staff who handle a household's home and what is found in it: the manager of the estate, and who visits somebody living
 * there. Doctors and teachers have no business with a home.
 */
export function homeHandlersOf(household: SyntheticHousehold): string[] {
  const visitors = household.members.flatMap((member) => [
    socialWorkerOf(member, household),
    gridWorkerOf(member, household),
    communityWorkerOf(member, household),
  ]);
  const manager = propertyManagerOf(propertyProjectOf(household.buildingCode));
  return [...new Set([manager, ...visitors.filter((staff) => staff !== null)])];
}
