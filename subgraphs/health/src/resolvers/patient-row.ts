import { isMinor } from '@linli/kit/minor';
import type { Context } from '../context.js';

/** What resolvers of all types about a patient have in common: whose the row is, which clinic's, and whether a minor's. */
export const ofPatient = {
  resident: ({ residentId }: { residentId: string }) => ({ id: residentId }),
  minor: ({ minorUntil }: { minorUntil: Date | null }) => isMinor(minorUntil),
};

/** The clinic that a row names, which is always there. */
export async function facilityOf({ facilityId }: { facilityId: string }, _: unknown, { loaders }: Context) {
  return (await loaders.healthFacility.load(facilityId))!;
}
