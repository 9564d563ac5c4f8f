import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { graphs, withUrls, workloads } from '../graphs/workloads.mjs';
import { start } from './children.mjs';
import { requireSameAnswers } from './same-answers.mjs';

const contenders = {
  linli: { file: 'linli.mjs' },
  apollo: { file: 'apollo.mjs' },
  hive: { file: 'hive.mjs' },
  'hive-rust': { file: 'hive.mjs', rust: true },
  bare: { file: 'bare.mjs' },
};
const warmUpSeconds = 4;

/**
 * Measures every workload on every contender.
 *
 * @param only names of workloads and contenders; of a kind that none is named of, all
 * @returns {Promise<Array<{workload: string, contender: string, round: number} & Measured>>}
 */
export async function measureAll({ only, say, ...options }) {
  const unknown = only?.filter((name) => !workloads[name] && !contenders[name]) ?? [];
  if (unknown.length > 0) {
    const known = [...Object.keys(workloads), ...Object.keys(contenders)].join(', ');
    throw new Error(`Nothing is called ${unknown.join(', ')}. There are: ${known}.`);
  }
  const chosen = (all) => {
    const named = Object.keys(all).filter((name) => only?.includes(name));
    return named.length > 0 ? named : Object.keys(all);
  };
  const results = [];
  for (const graph of Object.values(graphs)) {
    const names = chosen(workloads).filter((name) => workloads[name].graph === graph);
    if (names.length > 0) results.push(...(await measureGraph(graph, names, chosen(contenders), { say, ...options })));
  }
  return results;
}

async function measureGraph(graph, workloadNames, contenderNames, { folder, rounds, say, ...options }) {
  const processes = [];
  const open = async (path, settings) => {
    const opened = await start(new URL(path, import.meta.url), settings);
    processes.push(opened);
    return opened;
  };
  try {
    const subgraphs = await open('subgraphs.mjs', { graph: graph.name });
    const supergraphFile = join(folder, `${graph.name}.graphql`);
    writeFileSync(supergraphFile, withUrls(graph.supergraph(), subgraphs.urls));
    const loader = await open('loader.mjs');
    const running = {};
    for (const name of contenderNames) {
      const { file, ...settings } = contenders[name];
      running[name] = await open(`../contenders/${file}`, { supergraphFile, ...settings });
    }
    const measurable = workloadNames.flatMap((workload) =>
      contenderNames.filter((name) => name !== 'bare' || workload === 'small').map((name) => [workload, name]),
    );
    for (const workload of workloadNames) await requireSameAnswers(workload, workloads[workload].body, running);
    say(`${graph.name}: all answers are the same. Warming up.`);
    const once = (workload, contender, seconds) =>
      measure({ gateway: running[contender], subgraphs, loader, body: workloads[workload].body, ...options, seconds });
    for (const [workload, contender] of measurable) await once(workload, contender, warmUpSeconds);
    const results = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const [workload, contender] of measurable) {
        const measured = await once(workload, contender, options.seconds);
        results.push({ workload, contender, round, ...measured });
        say(`${workload}, round ${round}, ${contender}: ${measured.cpuMs.toFixed(3)} ms of CPU a request`);
      }
    }
    return results;
  } finally {
    await Promise.all(processes.map((each) => each.stop()));
  }
}

/** Times in milliseconds, CPU of the contender's and of the subgraphs' process for each request, memory in MB. */
export async function measure({ gateway, subgraphs, loader, body, headers, connections, seconds }) {
  const [before, subgraphsBefore] = await Promise.all([
    gateway.ask({ type: 'usage' }),
    subgraphs.ask({ type: 'usage' }),
  ]);
  const load = await loader.ask({ type: 'load', url: gateway.url, body, headers, connections, seconds });
  const [after, subgraphsAfter] = await Promise.all([gateway.ask({ type: 'usage' }), subgraphs.ask({ type: 'usage' })]);
  if (load.failures > 0 || load.requests === 0) {
    throw new Error(`${load.failures} of ${load.failures + load.requests} requests to ${gateway.url} failed.`);
  }
  return {
    perSecond: load.requests / (load.elapsedMs / 1000),
    cpuMs: (after.cpuMs - before.cpuMs) / load.requests,
    subgraphsCpuMs: (subgraphsAfter.cpuMs - subgraphsBefore.cpuMs) / load.requests,
    p50Ms: load.p50Ms,
    p99Ms: load.p99Ms,
    rssMb: after.rssMb,
  };
}
