import type { Resolvers } from '../generated/graphql.js';

/** What education adds to places and people; whoever owns them says whether they exist. */
export const communityResolvers: Resolvers = {
  Community: {
    __resolveReference: ({ code }) => ({ code }),
    communitySchool: ({ code }, _, { loaders }) => loaders.communitySchoolOfCommunity.load(code),
    schools: ({ code }, { stage, ...args }, { loaders }) => loaders.schoolsOfCommunity(code, args, { stage }),
    kindergartens: ({ code }, { withNurseryClass, ...args }, { loaders }) =>
      loaders.kindergartensOfCommunity(code, args, { hasNurseryClass: withNurseryClass }),
    sharedVenues: ({ code }, { kind, ...args }, { loaders }) => loaders.venuesOfCommunity(code, args, { kind }),
    libraries: ({ code }, _, { loaders }) => loaders.librariesOfCommunity(code),
    familyEducationStations: ({ code }, _, { loaders }) => loaders.stationsOfCommunity(code),
    scienceActivities: ({ code }, { kind, ...args }, { loaders }) =>
      loaders.activitiesOfCommunity(code, args, { kind: 'SCIENCE', scienceKind: kind }),
    activities: ({ code }, { kind, ...args }, { loaders }) => loaders.activitiesOfCommunity(code, args, { kind }),
    fitnessGuidancePoints: ({ code }, _, { loaders }) => loaders.guidancePointsOfCommunity(code),
    learningCircles: ({ code }, _, { loaders }) => loaders.circlesOfCommunity(code),
    educationSummary: ({ code }, _, { loaders }) => loaders.summaryOfPlace.load(code),
  },
  Resident: {
    __resolveReference: ({ id }) => ({ id }),
    schoolPlacement: ({ id }, _, { loaders }) => loaders.placementOfResident.load(id),
    courseEnrollments: ({ id }, _, { loaders }) => loaders.enrollmentsOfResident(id),
    afterSchoolEnrollments: ({ id }, _, { loaders }) => loaders.careOfResident(id),
    venueBookings: ({ id }, _, { loaders }) => loaders.bookingsOfResident.load(id),
    activityRegistrations: ({ id }, _, { loaders }) => loaders.registrationsOfResident(id),
    psychologicalAids: ({ id }, _, { loaders }) => loaders.aidsOfChild(id),
  },
};
