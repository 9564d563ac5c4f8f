import type { RequestContext } from '@linli/kit/service/subgraph';
import type { Database } from './database.js';
import type { Loaders } from './loaders.js';

/** What every resolver of this department finds in its context. */
export type Context = RequestContext<Database, Loaders>;
