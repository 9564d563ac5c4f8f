import { SubgraphFault, type SubgraphFaultCode } from '../errors.js';
import type { CircuitState } from './circuit-breaker.js';
import type { SubgraphClient } from './subgraph-client.js';
import type { ServedState } from '../supergraph/swap.js';

export interface DepartmentHealth {
  status: 'up' | 'down';
  title: string;
  /** Why it is down. */
  detail?: string;
  /** Whether it is asked: anything but `closed` says that it failed repeatedly. */
  circuit: CircuitState;
  /** Milliseconds the probe took. */
  ms: number;
}

export interface Health extends Partial<ServedState> {
  status: 'up' | 'degraded';
  departments: Record<string, DepartmentHealth>;
}

/** How a subgraph is asked whether it can answer: its `/health`, or a query that every GraphQL server answers. */
export type Probe = 'health' | 'typename';

const reasons: Readonly<Record<SubgraphFaultCode, string>> = {
  SUBGRAPH_TIMEOUT: 'no answer in time',
  SUBGRAPH_UNAVAILABLE: 'cannot be reached',
  SUBGRAPH_BAD_RESPONSE: 'bad answer',
  ENTITY_LIMIT_EXCEEDED: 'not asked',
};
const timeoutMs = 1000;
const cachedFor = 500;

/** Makes the check of all subgraphs; asked more often than twice a second it gives the last answer. */
export function healthCheck(clients: Iterable<SubgraphClient>, probe: Probe): () => Promise<Health> {
  let last: { health: Promise<Health>; at: number } | undefined;
  return () => {
    if (!last || Date.now() - last.at > cachedFor) last = { health: check(clients, probe), at: Date.now() };
    return last.health;
  };
}

async function check(clients: Iterable<SubgraphClient>, probe: Probe): Promise<Health> {
  const found = await Promise.all(
    [...clients].map(async (client) => [client.subgraph.name, await ask(client, probe)] as const),
  );
  const up = found.every(([, { status }]) => status === 'up');
  return { status: up ? 'up' : 'degraded', departments: Object.fromEntries(found) };
}

async function ask(client: SubgraphClient, probe: Probe): Promise<DepartmentHealth> {
  const health = await state(client, probe);
  if (health.status === 'up') client.circuit.reconsider();
  return health;
}

async function state(client: SubgraphClient, probe: Probe): Promise<DepartmentHealth> {
  const started = performance.now();
  const result = (status: 'up' | 'down', detail?: string): DepartmentHealth => ({
    status,
    title: client.subgraph.title,
    ...(detail !== undefined && { detail }),
    circuit: client.circuit.state,
    ms: Math.round(performance.now() - started),
  });
  try {
    if (probe === 'health') {
      const { status, text } = await client.get('/health', timeoutMs);
      return status === 200 ? result('up') : result('down', reasonIn(text) ?? `HTTP status ${status}`);
    }
    const { status } = await client.post('{"query":"{__typename}"}', timeoutMs);
    return status === 200 ? result('up') : result('down', `HTTP status ${status}`);
  } catch (error) {
    if (!(error instanceof SubgraphFault)) throw error;
    return result('down', reasons[error.code]);
  }
}

/** A subgraph says in JSON why it cannot answer; that is meant to be read. */
function reasonIn(text: string): string | undefined {
  try {
    const { reason, detail } = JSON.parse(text) as { reason?: unknown; detail?: unknown };
    return [reason, detail].find((found) => typeof found === 'string');
  } catch {
    return undefined;
  }
}
