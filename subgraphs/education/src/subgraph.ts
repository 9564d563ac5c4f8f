import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { communitySchoolResolvers } from './resolvers/community-school.js';
import { communityResolvers } from './resolvers/community.js';
import { kindergartenResolvers } from './resolvers/kindergarten.js';
import { outreachResolvers } from './resolvers/outreach.js';
import { schoolResolvers } from './resolvers/school.js';
import { venueResolvers } from './resolvers/venue.js';
import { scope } from './scope.js';
import { communitySchoolsSeed } from './seeds/community-schools.js';
import { kindergartensSeed } from './seeds/kindergartens.js';
import { outreachSeed } from './seeds/outreach.js';
import { schoolsSeed } from './seeds/schools.js';
import { studentsSeed } from './seeds/students.js';

/** Education (教育): community schools and courses, schools, kindergartens, shared venues, libraries, outreach. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'education',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [communitySchoolsSeed, schoolsSeed, kindergartensSeed, outreachSeed, studentsSeed],
  resolvers: [
    communityResolvers,
    communitySchoolResolvers,
    schoolResolvers,
    kindergartenResolvers,
    venueResolvers,
    outreachResolvers,
  ],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
