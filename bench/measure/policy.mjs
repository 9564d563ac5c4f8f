import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { request } from 'undici';
import { flagship, publicPart } from '../graphs/hub.mjs';
import { graphs, withUrls } from '../graphs/workloads.mjs';
import { start } from './children.mjs';
import { measure } from './measure.mjs';

/** Who asks: users of the realm with the purpose that they declare, and whoever shows no token. */
const callers = {
  anonymous: undefined,
  'community-worker': 'service-handling',
  'street-supervisor': 'statistics',
};
/** Somebody else, who was there before: what is measured is a new set of roles, not a gateway that never ran. */
const before = 'operator';
const warmUpSeconds = 4;
const nothingMuch = JSON.stringify({ query: '{ communities(first: 1) { totalCount } }' });

/**
 * Measures the flagship operation with all policies and without any, warm, and what the first request of a set of roles
 * costs.
 *
 * @returns {Promise<{warm: object[], cold: object[]}>} a figure for each caller, mode and round
 */
export async function measurePolicy({ folder, rounds, say, ...options }) {
  const processes = [];
  const open = async (path, settings) => {
    const opened = await start(new URL(path, import.meta.url), settings);
    processes.push(opened);
    return opened;
  };
  try {
    const graph = graphs.hub;
    const subgraphs = await open('subgraphs.mjs', { graph: graph.name });
    const supergraphFile = join(folder, 'hub.graphql');
    writeFileSync(supergraphFile, withUrls(graph.supergraph(), subgraphs.urls));
    const users = [before, ...Object.keys(callers).filter((name) => name !== 'anonymous')];
    const { issuer, tokens, assertionKeyFile } = await open('identity.mjs', { folder, users });
    const loader = await open('loader.mjs');
    const guarded = { supergraphFile, issuer, assertionKeyFile };
    const modes = {
      without: await open('../contenders/linli.mjs', { supergraphFile }),
      with: await open('../contenders/linli.mjs', guarded),
    };
    for (const gateway of Object.values(modes)) await settled(gateway);
    const asks = {};
    for (const [name, purpose] of Object.entries(callers)) {
      const headers = { ...headersOf(tokens[name]), ...(purpose && { 'linli-purpose': purpose }) };
      asks[name] = { headers, body: await answerable(modes.with.url, headers) };
    }
    const warm = [];
    const once = (name, mode, seconds) => {
      // Without policies nobody is known, and so nobody may declare a purpose.
      const headers = mode === 'with' ? asks[name].headers : headersOf();
      return measure({ gateway: modes[mode], subgraphs, loader, ...asks[name], headers, ...options, seconds });
    };
    for (const name of Object.keys(asks)) for (const mode of Object.keys(modes)) await once(name, mode, warmUpSeconds);
    for (let round = 1; round <= rounds; round += 1) {
      for (const name of Object.keys(asks)) {
        for (const mode of Object.keys(modes)) {
          const measured = await once(name, mode, options.seconds);
          warm.push({ caller: name, mode, round, ...measured });
          say(`${name}, round ${round}, ${mode} policy: ${measured.cpuMs.toFixed(3)} ms of CPU a request`);
        }
      }
    }
    const cold = [];
    for (let round = 1; round <= rounds; round += 1) {
      for (const name of Object.keys(asks)) {
        for (const mode of Object.keys(modes)) {
          const gateway = await open('../contenders/linli.mjs', mode === 'with' ? guarded : { supergraphFile });
          await settled(gateway);
          await ask(gateway, headersOf(), nothingMuch);
          if (mode === 'with') await ask(gateway, headersOf(tokens[before]), nothingMuch);
          const measured = await first(gateway, { ...asks[name], ...(mode === 'without' && { headers: headersOf() }) });
          cold.push({ caller: name, mode, round, ...measured });
          say(`${name}, round ${round}, first request ${mode} policy: ${measured.ms.toFixed(1)} ms`);
          await gateway.stop();
        }
      }
    }
    return { warm, cold };
  } finally {
    await Promise.all(processes.map((each) => each.stop()));
  }
}

function headersOf(token) {
  return {
    'content-type': 'application/json',
    accept: 'application/json',
    ...(token && { authorization: `Bearer ${token}` }),
  };
}

/** As much of the operation as the caller may know of: what policies hide is no part of the graph for them. */
async function answerable(url, headers) {
  let { query, variables } = flagship;
  for (;;) {
    const body = JSON.stringify({ query, variables });
    const { errors, data } = await ask({ url }, headers, body);
    if (data) return body;
    query = publicPart(query, errors);
  }
}

/** Waits until a gateway has done what it does ahead of the first requests. */
async function settled(gateway) {
  let last = -Infinity;
  for (;;) {
    const { cpuMs } = await gateway.ask({ type: 'usage' });
    if (cpuMs - last < 5) return;
    last = cpuMs;
    await setTimeout(300);
  }
}

async function first(gateway, { headers, body }) {
  const usage = await gateway.ask({ type: 'usage' });
  const begin = performance.now();
  await ask(gateway, headers, body);
  const ms = performance.now() - begin;
  return { ms, cpuMs: (await gateway.ask({ type: 'usage' })).cpuMs - usage.cpuMs };
}

async function ask({ url }, headers, body) {
  const response = await request(url, { method: 'POST', headers, body });
  return response.body.json();
}
