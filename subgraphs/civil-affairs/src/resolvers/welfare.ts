import type { Resolvers } from '../generated/graphql.js';
import { charityResolvers } from './charity.js';
import { childrenResolvers } from './children.js';
import { domesticServiceResolvers } from './domestic-service.js';
import { elderCareResolvers } from './elder-care.js';
import { employmentResolvers } from './employment.js';
import { hardshipResolvers } from './hardship.js';
import { socialAssistanceResolvers } from './social-assistance.js';
import { timeBankResolvers } from './time-bank.js';
import { volunteeringResolvers } from './volunteering.js';

/** People's welfare: assistance, care, volunteering, charity, work. */
export const welfareResolvers: readonly Resolvers[] = [
  socialAssistanceResolvers,
  hardshipResolvers,
  elderCareResolvers,
  childrenResolvers,
  volunteeringResolvers,
  timeBankResolvers,
  charityResolvers,
  employmentResolvers,
  domesticServiceResolvers,
];
