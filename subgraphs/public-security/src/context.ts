import type { RequestContext } from '@linli/kit/service/subgraph';
import type { Subject } from '@linli/schema/subject';
import type { Pool } from 'pg';
import type { Database } from './database.js';
import { createLoaders, type Loaders } from './loaders.js';

/** What every resolver of this department finds in its context. */
export interface Context extends RequestContext {
  db: Database;
  loaders: Loaders;
}

export function createContext(pool: Pool, db: Database, subject: Subject): Context {
  return { subject, db, loaders: createLoaders(pool, db) };
}
