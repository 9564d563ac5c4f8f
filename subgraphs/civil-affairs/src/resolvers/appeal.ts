import { inputError } from '@linli/kit/errors';
import { isMinor } from '@linli/kit/minor';
import { placeRange } from '@linli/kit/paging/place';
import { pageOf } from '@linli/kit/paging/table';
import { openStates } from '../appeals/states.js';
import { possibleActions } from '../appeals/possible.js';
import { unitByCode, unitsFor, type AppealUnit } from '../appeals/units.js';
import type { Context } from '../context.js';
import type { Resolvers } from '../generated/graphql.js';

const unit = (code: string | null): AppealUnit | null => (code === null ? null : unitByCode(code));

/** Whether the caller asks about themselves, or about a ward. */
function isOwn(residentId: string, { subject, caller }: Context): boolean {
  return subject.residentId === residentId || caller.standing.wards.includes(residentId);
}

/** Appeals: where each stands, and the course that led there. */
export const appealResolvers: Resolvers = {
  Query: {
    appeals: (_, { first, after, place, state, category, minSupervision, lead }, { db }) => {
      if (minSupervision != null && (minSupervision < 1 || minSupervision > 3)) {
        throw inputError(`The argument "minSupervision" is ${minSupervision}: send a level between 1 and 3.`);
      }
      const where = {
        communityCode: placeRange(place),
        state,
        category,
        lead,
        supervision: minSupervision == null ? null : { gte: minSupervision },
      };
      return pageOf(db.appeal, 'no', where, { first, after });
    },
    appeal: (_, { no }, { loaders }) => loaders.appeal.load(no),
    appealUnits: async (_, { community }, { loaders }) =>
      (await loaders.community.load(community)) === null ? [] : unitsFor(community),
    appealRules: (_, _args, { db }) => db.appealRule.findMany({ orderBy: { category: 'asc' } }),
  },
  Appeal: {
    __resolveReference: ({ no }, { loaders }) => loaders.appeal.load(no),
    community: async ({ communityCode }, _, { loaders }) => (await loaders.community.load(communityCode))!,
    appellant: ({ appellantId, anonymous }, _, context) => {
      if (appellantId === null || (anonymous && !isOwn(appellantId, context))) return null;
      return context.loaders.resident.load(appellantId);
    },
    overdue: ({ state, dueAt }) => openStates.includes(state) && dueAt <= new Date(),
    firstReceiver: ({ firstReceiver }) => unit(firstReceiver),
    responsible: ({ responsible }) => unit(responsible),
    lead: ({ lead }) => unit(lead),
    transferTo: ({ transferTo }) => unit(transferTo),
    aboutUnit: ({ aboutUnit }) => unit(aboutUnit),
    jointUnits: ({ jointUnits }) => jointUnits.map(unit).filter((each) => each !== null),
    mergedInto: ({ mergedInto }, _, { loaders }) => (mergedInto === null ? null : loaders.appeal.load(mergedInto)),
    steps: ({ no }, _, { loaders }) => loaders.stepsOfAppeal.load(no),
    possibleActions: (row) => possibleActions(row, new Date()),
    minor: ({ minorUntil }) => isMinor(minorUntil),
  },
  AppealStep: {
    staff: ({ staffId }) => staffId,
    unit: (step) => unit(step.unit),
    target: ({ target }) => unit(target),
    // What appellants rated is kept in the same column, and is nobody else's to read here.
    supervision: ({ action, value }) => (action === 'SUPERVISE' ? value : null),
  },
  Community: {
    appeals: ({ code }, { state, ...args }, { loaders }) => loaders.appealsOfCommunity(code, args, { state }),
    openAppeals: ({ code }, _, { loaders }) => loaders.openAppeals.load(code),
  },
  Resident: {
    // Below a resident, an anonymous appeal would name who raised it.
    appeals: ({ id }, args, context) =>
      context.loaders.appealsOfResident(id, args, isOwn(id, context) ? {} : { anonymous: false }),
  },
};
