import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** A pupil's or learner's rows go by that resident, by the place, and by who teaches or handles them. */
const ofResident = {
  subject: 'residentId',
  community: 'communityCode',
  assigned: 'handlers',
  minor: { until: 'minorUntil' },
} as const;

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  School: { model: 'school', community: 'communityCode' },
  Course: { model: 'course', community: 'communityCode' },
  CourseEnrollment: { model: 'courseEnrollment', ...ofResident },
  SchoolPlacement: { model: 'schoolPlacement', ...ofResident },
  AfterSchoolProgramme: { model: 'afterSchoolProgramme', community: 'communityCode' },
  AfterSchoolEnrollment: { model: 'afterSchoolEnrollment', ...ofResident },
  SharedVenue: { model: 'sharedVenue', community: 'communityCode' },
  VenueBooking: { model: 'venueBooking', ...ofResident },
  Activity: { model: 'activity', community: 'communityCode' },
  ActivityRegistration: { model: 'activityRegistration', ...ofResident },
  PsychologicalAid: {
    model: 'psychologicalAid',
    subject: 'childId',
    community: 'communityCode',
    assigned: 'handlers',
    minor: { until: 'minorUntil' },
  },
};
