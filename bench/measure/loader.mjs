import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import { ready } from './child.mjs';

const json = { 'content-type': 'application/json', accept: 'application/json' };

/** Asks the same again and again over `connections` connections, each as soon as it is answered. */
async function load({ url, body, headers = json, connections, seconds }) {
  const { origin, pathname } = new URL(url);
  const pool = new Pool(origin, { connections, pipelining: 1 });
  const latencies = [];
  let failures = 0;
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const once = () =>
    new Promise((resolve) => {
      const start = performance.now();
      let status = 0;
      const done = (failed) => {
        if (failed) failures += 1;
        else latencies.push(performance.now() - start);
        resolve();
      };
      pool.dispatch(
        { path: pathname, method: 'POST', headers, body },
        {
          onConnect() {},
          onHeaders: (code) => ((status = code), true),
          onData: () => true,
          onComplete: () => done(status !== 200),
          onError: () => done(true),
        },
      );
    });
  const client = async () => {
    while (performance.now() < end) await once();
  };
  await Promise.all(Array.from({ length: connections }, client));
  const elapsedMs = performance.now() - begin;
  await pool.destroy();
  latencies.sort((a, b) => a - b);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))] ?? 0;
  return { requests: latencies.length, failures, elapsedMs, p50Ms: at(0.5), p99Ms: at(0.99) };
}

process.on('message', async ({ id, type, ...what }) => {
  if (type === 'load') process.send({ id, ...(await load(what)) });
});
ready({});
