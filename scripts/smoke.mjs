/**
 * The promise of the first page, kept: `npm start` on a port and home of its own, one query that crosses all five
 * departments, Ctrl-C, and no process left. Then the same once more, on the data of the first time.
 */
import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { root } from './build/layout.mjs';

const query = `{
  communities(first: 1) { totalCount }
  community(code: "440303001001") {
    name
    healthFacilities(first: 1) { totalCount }
    buildings(first: 1) { totalCount }
    policePosts(first: 1) { totalCount }
    schools(first: 1) { totalCount }
  }
}`;

const home = mkdtempSync(join(tmpdir(), 'linli-smoke-'));
const port = await freePort();
let launcher;
try {
  await once('first start');
  await once('second start');
} catch (error) {
  console.error(`smoke: ${error.message}`);
  process.exitCode = 1;
} finally {
  if (launcher?.running) process.kill(-launcher.pid, 'SIGTERM');
  await launcher?.ended;
  rmSync(home, { recursive: true, force: true });
}

async function once(name) {
  const started = Date.now();
  launcher = start();
  await untilHealthy();
  const seconds = ((Date.now() - started) / 1000).toFixed(1);
  const answer = await ask();
  const { community } = answer.data ?? {};
  const counts = Object.values(community ?? {}).map((value) => value?.totalCount ?? value);
  if (answer.errors || answer.data.communities.totalCount !== 822 || counts.length !== 5 || counts.includes(null)) {
    throw new Error(`${name}: not all departments answered: ${JSON.stringify(answer)}`);
  }
  const pids = processes();
  // What a terminal does on Ctrl-C: the signal goes to everybody in the foreground.
  process.kill(-launcher.pid, 'SIGINT');
  await launcher.ended;
  for (let wait = 50; wait > 0 && pids.some(isAlive); wait--) await sleep(100);
  const left = pids.filter(isAlive);
  if (left.length > 0) throw new Error(`${name}: processes ${left.join(', ')} are left after Ctrl-C`);
  console.log(`smoke: ${name}: ready after ${seconds} s, five departments answered, ${pids.length} processes gone.`);
}

function start() {
  const env = { ...process.env, LINLI_HOME: home, LINLI_PORT: String(port) };
  const child = spawn('npm', ['start'], { cwd: root, env, detached: true, stdio: ['ignore', 'inherit', 'inherit'] });
  child.running = true;
  child.ended = new Promise((resolve) => child.once('close', resolve)).then(() => (child.running = false));
  return child;
}

async function untilHealthy() {
  for (let left = 1200; left > 0; left--) {
    if (!launcher.running) throw new Error('npm start ended, see above');
    const status = await globalThis.fetch(`http://127.0.0.1:${port}/health`).then(
      (response) => response.status,
      () => 0,
    );
    // Answering is not yet ready: the launcher has the last word.
    if (status === 200 && hubFile()) return;
    await sleep(100);
  }
  throw new Error('the hub is not healthy after two minutes');
}

async function ask() {
  const response = await globalThis.fetch(`http://127.0.0.1:${port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  return response.json();
}

function hubFile() {
  try {
    return JSON.parse(readFileSync(join(home, 'run/hub.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function processes() {
  const hub = hubFile();
  const postgres = Number.parseInt(readFileSync(join(home, 'postgres/postmaster.pid'), 'utf8'), 10);
  return [hub.pid, postgres, ...Object.values(hub.services).map(({ pid }) => pid)];
}

function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer().once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const { port: free } = server.address();
      server.close(() => resolve(free));
    });
  });
}
