import { createHash } from 'node:crypto';
import type { Standing, Subject } from '@linli/schema/subject';
import { z } from 'zod';
import type { Authority } from '../policy/authority.js';
import type { FetchOptions } from './subgraph-fetch.js';
import { fetchFor } from './subgraph-fetch.js';

const query = '{standing{household wards}}';
const body = JSON.stringify({ query });
const operation = createHash('sha256').update(query).digest('hex');
const ids = z.array(z.string()).readonly();
const answerShape = z.object({ standing: z.object({ household: ids, wards: ids }).nullable() });
const nobodyClose: Standing = Object.freeze({ household: [], wards: [] });
/** Milliseconds a lookup may take: nobody's request waits longer to learn who their family is. */
const timeoutMs = 2000;
const waiting = { aborted: false };

/**
 * Makes the lookup of who is close to a subject. The department that publishes the root field `standing` is asked, with an
 * assertion that shows it no row of anybody; a supergraph without that field has no families.
 *
 * @param department the subgraph's name
 */
export function standingLookup(
  department: string | undefined,
  options: FetchOptions,
): (subject: Subject) => Promise<Standing> {
  if (department === undefined) return async () => nobodyClose;
  return async (subject) => {
    const quickly = { ...options, requestTimeoutMs: timeoutMs };
    const send = fetchFor(quickly, authorityToLookUp(subject), operation, waiting);
    const { data, errors } = await send(department, body, undefined, false);
    if (errors?.length) throw new Error('The department could not say who is close to a subject.');
    return answerShape.parse(data).standing ?? nobodyClose;
  };
}

function authorityToLookUp(subject: Subject): Authority {
  const authority: Authority = {
    subject,
    declaration: {},
    standing: nobodyClose,
    guard: undefined,
    loadOperation: () => {
      throw new Error('A lookup runs no operation of a client.');
    },
    admit: () => undefined,
    scopeOf: () => ({}),
    writesOf: () => ({}),
    renewed: () => authority,
    disclosure: () => undefined,
  };
  return authority;
}
