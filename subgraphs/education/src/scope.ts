import type { ScopeDeclaration } from '@linli/kit/scope/declaration';
import type { Database } from './database.js';

/** A pupil's or learner's rows go by that resident, by where the resident lives, and by who teaches them. */
const ofResident = { subject: 'residentId', community: 'communityCode', assigned: 'handlers' } as const;

/** Where the rows of this department's scoped types are. */
export const scope: ScopeDeclaration<Database> = {
  School: { model: 'school', community: 'communityCode' },
  Course: { model: 'course', community: 'communityCode' },
  CourseEnrollment: { model: 'courseEnrollment', ...ofResident },
  SchoolPlacement: { model: 'schoolPlacement', ...ofResident },
};
