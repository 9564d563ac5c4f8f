import { join } from 'node:path';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { openRecorder } from './audit/open-recorder.js';
import type { Recorder } from './audit/recorder.js';
import { StartError } from './errors.js';
import type { Assert } from './execution/assertion.js';
import type { CircuitLimits } from './execution/circuit-breaker.js';
import { SubgraphClient } from './execution/subgraph-client.js';
import { SubgraphClients } from './execution/subgraph-clients.js';
import type { Graph, GraphOptions } from './graph.js';
import type { GraphTexts } from './graph-texts.js';
import { readTexts } from './graph-texts.js';
import { openGraph, prepareOperations } from './graph.js';
import type { OperationLimits } from './operation/limits.js';
import { defaultLimits } from './operation/limits.js';
import { Manifest, readManifest } from './operation/manifest.js';
import type { BulkLimits } from './policy/bulk.js';
import { defaultBulkLimits } from './policy/bulk.js';
import { Emergencies } from './policy/emergency.js';
import type { Subgraph } from './supergraph/subgraphs.js';
import { unknownNames } from './supergraph/subgraphs.js';
import { CurrentGraph } from './supergraph/swap.js';
import { watchFile } from './supergraph/watch.js';
import { failureOf } from './telemetry/failure.js';
import type { Log } from './telemetry/log.js';

/** Which supergraph is served, and how; the same for Linli's own server and inside another one. */
export interface GraphSettings {
  /** Path of the composed supergraph; default the committed one of `schema/`. */
  supergraph?: string;
  /** Whether the file is watched, and a new supergraph served as soon as it is there and passes the checks. Default true. */
  watch?: boolean;
  /**
   * The operations that front-end teams rely on: a folder of `*.graphql`, or a JSON file {hash: document}. A new
   * supergraph must be able to answer them, and clients may ask for them by id or hash. Default `schema/operations` with
   * the default supergraph, else none.
   */
  operations?: string;
  /**
   * Folder of Cedar policies, `*.cedar`, which decide who sees what. Default `schema/policies` with the default
   * supergraph; with another one it must be named.
   */
  policies?: string;
  /** Minutes that break-glass access lasts. Default 240. */
  emergencyMinutes?: number;
  /** Rows of personal data that one answer may hold, by role. */
  bulkLimits?: Partial<BulkLimits>;
  /** URL by subgraph name, in place of the supergraph's. */
  subgraphUrls?: Readonly<Record<string, string>>;
  /** Milliseconds a subgraph has for one answer. Default 5000. */
  subgraphTimeoutMs?: number;
  /** The same for single subgraphs, by name. */
  subgraphTimeoutsMs?: Readonly<Record<string, number>>;
  /** Milliseconds that all fetches of one request have together. Default 30,000. */
  requestTimeoutMs?: number;
  /** Bytes of one answer of a subgraph. Default 50 MB. */
  maxSubgraphResponseBytes?: number;
  /** Objects of a subgraph that one fetch may ask for. Default 10,000. */
  maxEntitiesPerFetch?: number;
  /** When a subgraph that fails is not asked any more, and for how long. */
  circuit?: Partial<CircuitLimits>;
  /** Whether the same query of the same subject waits for the fetch that is under way. Default true. */
  shareInFlight?: boolean;
  /** Labels of progressive overrides (`@override(label:)`) that are on; `percent(n)` needs no setting. */
  overrideLabels?: readonly string[];
  limits?: Partial<OperationLimits>;
  /**
   * Where it is recorded, before each answer leaves, whose personal data it shows to whom: URL of a PostgreSQL database
   * with the tables of the subgraph `governance`, as a role that may insert into them; or a recorder of the host's own.
   * Without it nothing is recorded, which the log says, and which is refused where NODE_ENV is `production`.
   */
  disclosures?: string | Recorder;
}

const megabyte = 1024 * 1024;

/**
 * Serves the graph of a supergraph file, and that of each later text of the file. Rejects with a StartError, one line,
 * where the first cannot be served. Closing the result ends the watch, too.
 *
 * @param assert signs for whom subgraphs are asked; undefined in insecure mode, where everybody may ask everything
 */
export async function serveGraph(
  settings: GraphSettings,
  assert: Assert | undefined,
  log: Log,
): Promise<CurrentGraph<Graph>> {
  const file = settings.supergraph ?? supergraphFile;
  const folder = assert && policiesOf(settings);
  const recorder = assert && openRecorder(settings.disclosures, log);
  const options: GraphOptions = {
    file,
    subgraphUrls: settings.subgraphUrls ?? {},
    limits: { ...defaultLimits, ...settings.limits },
    emergencies: new Emergencies(log, (settings.emergencyMinutes ?? 240) * 60_000),
    bulkLimits: { ...defaultBulkLimits, ...settings.bulkLimits } as BulkLimits,
    overrideLabels: settings.overrideLabels ?? [],
    clients: new SubgraphClients((subgraph) => openClient(subgraph, settings, log)),
    fetching: {
      assert,
      showInternalErrors: assert === undefined,
      requestTimeoutMs: settings.requestTimeoutMs,
      shareInFlight: settings.shareInFlight,
      log,
    },
    recorder,
  };
  const current = await CurrentGraph.open(
    {
      read: () => readTexts(file, folder),
      open: (texts: GraphTexts): Graph => openGraph(texts, options),
      readOperations: () => readOperations(settings),
      check: (graph, { entries }) => prepareOperations(graph, entries),
    },
    log,
  ).catch(async (error: unknown) => {
    await recorder?.close();
    throw error;
  });
  current.onClose(() => recorder?.close());
  const unknown = unknownSettings(current.graph, settings);
  if (unknown !== undefined) {
    await current.close();
    throw new StartError(unknown);
  }
  if (assert && !recorder) log('warn', 'nothing records to whom personal data is disclosed: set LINLI_DISCLOSURES_URL');
  const warm = ({ policy }: Graph) => {
    policy.warm().catch((error: unknown) => log('warn', 'the policies could not be asked ahead', failureOf(error)));
  };
  warm(current.graph);
  // A setting for a department that has left the graph is no reason to keep the department.
  current.onSwap((graph) => {
    warm(graph);
    const left = unknownSettings(graph, settings);
    if (left !== undefined) log('warn', left);
  });
  if (settings.watch ?? true) {
    watch(current, file, log);
    if (folder !== undefined) watch(current, join(folder, 'common.cedar'), log);
  }
  return current;
}

/** What is wrong with settings for departments that a graph does not have; undefined where there are none. */
function unknownSettings({ supergraph }: Graph, { subgraphUrls, subgraphTimeoutsMs }: GraphSettings) {
  const named = { LINLI_SUBGRAPH_URLS: subgraphUrls, LINLI_SUBGRAPH_TIMEOUTS_MS: subgraphTimeoutsMs };
  return unknownNames(supergraph.subgraphs, named);
}

function openClient(subgraph: Subgraph, settings: GraphSettings, log: Log): SubgraphClient {
  const { name } = subgraph;
  return new SubgraphClient(subgraph, {
    timeoutMs: settings.subgraphTimeoutsMs?.[name] ?? settings.subgraphTimeoutMs ?? 5000,
    maxResponseBytes: settings.maxSubgraphResponseBytes ?? 50 * megabyte,
    ...(settings.maxEntitiesPerFetch !== undefined && { maxEntities: settings.maxEntitiesPerFetch }),
    ...(settings.circuit && { circuit: settings.circuit }),
    onCircuit: (state) => {
      log(state === 'open' ? 'warn' : 'info', `the circuit to a department is ${state}`, { department: name });
    },
  });
}

function watch(current: CurrentGraph<Graph>, file: string, log: Log): void {
  const unwatch = watchFile(
    file,
    () => void current.reload(false),
    (detail) => {
      log('warn', 'the supergraph or the policies cannot be watched; send SIGHUP to have it read again', { detail });
    },
  );
  current.onClose(unwatch);
  // What was written between the first reading and the watch was not seen by either.
  void current.reload(false);
}

/** Where the policies are that decide who sees what. Throws a StartError where a supergraph comes without any. */
function policiesOf({ policies, supergraph }: GraphSettings): string {
  if (policies !== undefined) return policies;
  if (supergraph === undefined || supergraph === supergraphFile) return schemaFile('policies');
  throw new StartError(
    'A supergraph of your own needs policies of its own. Name the folder of its *.cedar files in LINLI_POLICIES.',
  );
}

/** Where the operations are that front-end teams rely on; undefined where none are known. */
export function operationsOf({ operations, supergraph }: GraphSettings): string | undefined {
  return operations ?? (supergraph === undefined ? schemaFile('operations') : undefined);
}

/** Reads the operations that front-end teams rely on. Rejects with a StartError where they cannot be read. */
async function readOperations(settings: GraphSettings): Promise<Manifest> {
  const path = operationsOf(settings);
  return path === undefined ? new Manifest([]) : readManifest(path);
}
