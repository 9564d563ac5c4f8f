/**
 * Proves the exchange of events by Redis Streams against a real Redis: first the driver alone, then a whole hub.
 *
 *   node infra/redis/verify.mjs
 *
 * It starts a Redis of its own on 127.0.0.1: `redis-server` where that is installed, else one that Maven gets from Maven
 * Central (Linux on x64). Needs a built repository (`npm ci` builds it).
 *
 * Settings: LINLI_CACHE_DIR (keeps the server that Maven got; default .linli/cache).
 * Exit code: 0 all holds, 1 a check failed, 2 no Redis could be obtained or started.
 */
import { spawn, spawnSync } from 'node:child_process';
import { chmod, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { driverChecks } from './driver-checks.mjs';
import { hubChecks } from './hub-checks.mjs';

const repository = fileURLToPath(new URL('../..', import.meta.url));
const cache = resolve(process.env.LINLI_CACHE_DIR ?? join(repository, '.linli', 'cache'));
/** A jar with Redis's own server for several systems. */
const artifact = 'com.github.codemonstur:embedded-redis:1.4.3:jar';
const packed = 'redis-server-6.2.6-v5-linux-amd64';

class Unable extends Error {}

/** The path of a server: the installed one, or the one in the cache, put there by Maven if it is not yet. */
async function obtainServer() {
  if (spawnSync('redis-server', ['--version'], { stdio: 'ignore' }).status === 0) return 'redis-server';
  const kept = join(cache, packed);
  if (await stat(kept).catch(() => undefined)) return kept;
  const unpacked = join(cache, `unpacking-${process.pid}`);
  await mkdir(unpacked, { recursive: true });
  const goal = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacked}`];
  const maven = spawnSync('mvn', ['--batch-mode', '--quiet', ...goal], { cwd: unpacked, encoding: 'utf8' });
  try {
    if (maven.status !== 0) {
      throw new Unable(
        'redis-server is not installed (on Debian: apt-get install redis-server), and Maven could not get one:\n' +
          (maven.error?.message ?? maven.stdout + maven.stderr),
      );
    }
    await chmod(join(unpacked, packed), 0o755);
    await rename(join(unpacked, packed), kept);
    return kept;
  } finally {
    await rm(unpacked, { recursive: true, force: true });
  }
}

/** A Redis that keeps what it is told on disk before it answers, and can be killed and started again. */
class Redis {
  #child;

  constructor(program, directory, port) {
    this.program = program;
    this.directory = directory;
    this.port = port;
    this.url = `redis://127.0.0.1:${port}`;
  }

  async start() {
    const settings = {
      bind: '127.0.0.1',
      port: this.port,
      dir: this.directory,
      appendonly: 'yes',
      appendfsync: 'always',
    };
    const given = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
    this.#child = spawn(this.program, given, { stdio: 'ignore' });
    for (let tenth = 0; tenth < 100; tenth += 1) {
      if (this.#child.exitCode !== null) break;
      if (await answers(this.port)) return;
      await wait(100);
    }
    throw new Unable('Redis did not start.');
  }

  /** Ends it at once, as a machine that loses its power does. */
  async kill() {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await ended;
  }
}

function answers(port) {
  return new Promise((done) => {
    const socket = createConnection({ host: '127.0.0.1', port }, () => socket.write('PING\r\n'));
    socket.once('data', (data) => (socket.destroy(), done(String(data).startsWith('+PONG'))));
    socket.once('error', () => done(false));
  });
}

function freePort() {
  return new Promise((done, failed) => {
    const probe = createServer().once('error', failed);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => done(port));
    });
  });
}

/** Runs checks one after another, and says of each how it went. */
async function run(title, checks, ...given) {
  console.log(title);
  let failed = 0;
  for (const [name, check] of Object.entries(checks)) {
    const problem = await check(...given).then(
      () => undefined,
      (error) => error.message,
    );
    console.log(problem === undefined ? `  ok    ${name}` : `  FAIL  ${name}: ${problem}`);
    if (problem !== undefined) failed += 1;
  }
  return failed;
}

const directory = await mkdtemp(join(tmpdir(), 'linli-redis-'));
let redis;
try {
  redis = new Redis(await obtainServer(), directory, await freePort());
  await redis.start();
  const driver = await run('The driver against a real Redis', driverChecks, redis);
  const hub = await run('A hub whose departments exchange events by Redis', hubChecks, redis, await freePort());
  process.exitCode = driver + hub > 0 ? 1 : 0;
} catch (error) {
  console.error(`redis: ${error.message}`);
  process.exitCode = error instanceof Unable ? 2 : 1;
} finally {
  await redis?.kill();
  await rm(directory, { recursive: true, force: true });
}
