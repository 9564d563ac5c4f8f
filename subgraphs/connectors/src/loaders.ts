import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Access } from '@linli/kit/scope/scope';
import type { Database } from './database.js';
import { feedStates } from './queries/feed-state.js';

export type Loaders = ReturnType<typeof createLoaders>;

/** One set per request: rows by key, children by parent, each kind one statement per tick. */
export function createLoaders({ db, unscoped }: Access<Database>) {
  return {
    platform: rowByKey(db.platform, 'code'),
    inboundEvent: rowByKey(db.inboundEvent, 'id'),
    delivery: rowByKey(db.delivery, 'id'),
    inboundEventsOfCommunity: childrenOf(db.inboundEvent, 'id', 'communityCode'),
    feedState: feedStates(unscoped),
  };
}
