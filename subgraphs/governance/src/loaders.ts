import { rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, each kind one statement per tick. */
export function createLoaders({ db }: Access<Database>) {
  return {
    disclosure: rowByKey(db.disclosure, 'id'),
    disclosureRecord: rowByKey(db.disclosureRecord, 'id'),
  };
}
