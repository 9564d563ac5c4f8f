import { fileURLToPath } from 'node:url';
import type { SubgraphDefinition } from '@linli/kit/service/subgraph';
import { openDatabase, type Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';
import { disclosureResolvers } from './resolvers/disclosure.js';
import { recordResolvers } from './resolvers/record.js';
import { scope } from './scope.js';

/** Governance (治理): to whom the hub disclosed whose personal data. The gateway writes it, this reads it. */
export const subgraph: SubgraphDefinition<Database, Loaders> = {
  department: 'governance',
  migrations: fileURLToPath(new URL('../prisma/migrations', import.meta.url)),
  seeds: [],
  resolvers: [disclosureResolvers, recordResolvers],
  scope,
  connect: openDatabase,
  loaders: createLoaders,
};
