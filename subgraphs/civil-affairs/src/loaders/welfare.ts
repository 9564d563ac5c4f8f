import type { Reader } from '@linli/kit/scope/reader';
import type { Database } from '../database.js';
import { charityLoaders } from './charity.js';
import { childrenLoaders } from './children.js';
import { elderCareLoaders } from './elder-care.js';
import { employmentLoaders } from './employment.js';
import { assistanceLoaders } from './social-assistance.js';
import { volunteeringLoaders } from './volunteering.js';

/** What is read of people's welfare: assistance, care, volunteering, charity, work. */
export function welfareLoaders(db: Reader<Database>) {
  return {
    ...assistanceLoaders(db),
    ...elderCareLoaders(db),
    ...childrenLoaders(db),
    ...volunteeringLoaders(db),
    ...charityLoaders(db),
    ...employmentLoaders(db),
  };
}
