/**
 * Proves the realm file against Keycloak itself, and the embedded issuer against Keycloak.
 *
 *   node infra/keycloak/verify.mjs
 *
 * It gets Keycloak's server from Maven Central, imports realm.json into a fresh one on 127.0.0.1, runs the same checks
 * against it and against the embedded issuer (infra/src/identity/contract), compares the names and types of all claims,
 * and stops the server. Needs a built repository (`npm ci` builds it), Java 17 or newer and Maven 3.8 or newer.
 *
 * Settings: KEYCLOAK_VERSION (below), LINLI_CACHE_DIR (keeps the unpacked server; default .linli/cache).
 * Exit code: 0 alike, 1 a check failed or the issuers differ where it matters, 2 the server could not be obtained or
 * started, 3 Java or Maven is missing.
 */
import { spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { cp, mkdir, mkdtemp, open, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { checkIssuer } from '../dist/identity/contract/checks.js';
import { compareShapes } from '../dist/identity/contract/shape.js';
import { startIssuer } from '../dist/identity/issuer.js';
import { readRealm, realmFile } from '../dist/identity/realm.js';
import { keycloakOnly } from './keycloak-only.mjs';

const version = process.env.KEYCLOAK_VERSION ?? '26.7.3';
const repository = fileURLToPath(new URL('../..', import.meta.url));
const cache = resolve(process.env.LINLI_CACHE_DIR ?? join(repository, '.linli', 'cache'));

/** Seconds the server may take to answer; it is first built for its settings, which two busy cores make slow. */
const patience = 400;

/** Where the embedded issuer is knowingly less than Keycloak, and why nobody misses it. */
const accepted = [
  {
    where: /ID token$/,
    name: 'at_hash',
    why: 'optional where both tokens come in one answer (OpenID Connect Core, 3.1.3.6)',
  },
];

class Unable extends Error {
  constructor(message, exitCode) {
    super(message);
    this.exitCode = exitCode;
  }
}

function needTools() {
  for (const [tool, argument] of [
    ['java', '-version'],
    ['mvn', '--version'],
  ]) {
    const { error, status } = spawnSync(tool, [argument], { stdio: 'ignore' });
    if (error || status !== 0) {
      throw new Unable(
        `${tool} is not installed, so nothing was proved. Install Java 17 or newer and Maven 3.8 or newer ` +
          '(on Debian: apt-get install default-jre-headless maven) and run this again.',
        3,
      );
    }
  }
}

/** The unpacked server in the cache, put there by Maven if it is not yet. */
async function obtainServer() {
  const kept = join(cache, `keycloak-${version}`);
  if (await stat(kept).catch(() => undefined)) return kept;
  const unpacked = join(cache, `unpacking-${process.pid}`);
  await mkdir(unpacked, { recursive: true });
  const artifact = `org.keycloak:keycloak-quarkus-dist:${version}:zip`;
  const goal = ['dependency:unpack', `-Dartifact=${artifact}`, `-DoutputDirectory=${unpacked}`];
  const maven = spawnSync('mvn', ['--batch-mode', '--quiet', '-Dmdep.useBaseVersion=true', ...goal], {
    cwd: unpacked,
    encoding: 'utf8',
  });
  if (maven.status !== 0) {
    await rm(unpacked, { recursive: true, force: true });
    throw new Unable(`Maven could not get ${artifact}:\n${maven.stdout}${maven.stderr}`, 2);
  }
  // Renamed when whole, so that a run cut short leaves nothing that looks like a server.
  await rename(join(unpacked, `keycloak-${version}`), kept);
  await rm(unpacked, { recursive: true, force: true });
  return kept;
}

/** Starts a server of its own on a free port, with a data folder of its own and the realm imported. */
async function startKeycloak(server, home, kioskSecret) {
  await cp(server, home, { recursive: true });
  await mkdir(join(home, 'data', 'import'), { recursive: true });
  await writeFile(join(home, 'data', 'import', 'linli-realm.json'), await readFile(realmFile));
  const port = await freePort();
  const admin = { username: 'admin', password: randomBytes(18).toString('base64url') };
  const log = join(home, 'server.log');
  const output = await open(log, 'w');
  const child = spawn(
    'sh',
    ['bin/kc.sh', 'start-dev', '--import-realm', '--http-host=127.0.0.1', `--http-port=${port}`],
    {
      cwd: home,
      // A group of its own, so that stopping reaches whatever the start script leaves running.
      detached: true,
      stdio: ['ignore', output.fd, output.fd],
      env: {
        ...process.env,
        JAVA_OPTS_KC_HEAP: '-Xms128m -Xmx640m',
        KC_BOOTSTRAP_ADMIN_USERNAME: admin.username,
        KC_BOOTSTRAP_ADMIN_PASSWORD: admin.password,
        LINLI_KIOSK_SECRET: kioskSecret,
      },
    },
  );
  await output.close();
  const base = `http://127.0.0.1:${port}`;
  for (let second = 0; second < patience; second += 1) {
    if (child.exitCode !== null) break;
    const answer = await globalThis.fetch(`${base}/realms/linli`).catch(() => undefined);
    if (answer?.ok) return { base, admin, stop: () => stop(child) };
    await wait(1000);
  }
  await stop(child);
  throw new Unable(`Keycloak did not start. The end of its log:\n${(await readFile(log, 'utf8')).slice(-4000)}`, 2);
}

async function stop(child) {
  for (const signal of ['SIGTERM', 'SIGKILL']) {
    try {
      process.kill(-child.pid, signal);
    } catch {
      return;
    }
    for (let tenth = 0; tenth < 100 && child.exitCode === null && child.signalCode === null; tenth += 1)
      await wait(100);
    if (child.exitCode !== null || child.signalCode !== null) return;
  }
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

function report(name, outcomes) {
  console.log(`\n${name}`);
  for (const one of outcomes)
    console.log(one.problem === undefined ? `  ok    ${one.name}` : `  FAIL  ${one.name}: ${one.problem}`);
  return outcomes.filter((one) => one.problem !== undefined).length;
}

function reportDifferences(differences) {
  console.log('\nClaims and answers, Keycloak against the embedded issuer');
  const grouped = new Map();
  for (const one of differences) {
    const line = `${one.where.replace(/, [\w-]+:/, ':')}: ${one.name} is ${one.left} in Keycloak, ${one.right} embedded`;
    const reason = accepted.find((known) => known.name === one.name && known.where.test(one.where))?.why;
    grouped.set(line, reason);
  }
  for (const [line, reason] of grouped) console.log(reason ? `  known ${line} (${reason})` : `  DIFF  ${line}`);
  if (grouped.size === 0) console.log('  alike in every name and type');
  return [...grouped.values()].filter((reason) => reason === undefined).length;
}

async function verify() {
  const began = Date.now();
  needTools();
  const work = await mkdtemp(join(tmpdir(), 'linli-keycloak-'));
  const realm = readRealm();
  const kioskSecret = randomBytes(24).toString('base64url');
  const stops = [];
  const interrupted = (signal) => void cleanUp().then(() => process.exit(signal === 'SIGINT' ? 130 : 143));
  const cleanUp = async () => {
    for (const one of stops.splice(0)) await one();
    await rm(work, { recursive: true, force: true });
  };
  process.once('SIGINT', interrupted);
  process.once('SIGTERM', interrupted);
  try {
    console.log(`Keycloak ${version}: obtaining and starting it`);
    const keycloak = await startKeycloak(await obtainServer(), join(work, 'keycloak'), kioskSecret);
    stops.push(keycloak.stop);
    const embedded = await startIssuer({
      realm,
      directory: join(work, 'identity'),
      host: '127.0.0.1',
      port: 0,
      environment: { LINLI_KIOSK_SECRET: kioskSecret },
      onError: (error) => console.error(`  the embedded issuer failed inside: ${error.stack}`),
    });
    stops.push(embedded.close);
    console.log(`Both run after ${Math.round((Date.now() - began) / 1000)} s`);

    const real = await checkIssuer({ issuer: `${keycloak.base}/realms/linli`, realm, kioskSecret });
    const own = await checkIssuer({ issuer: embedded.issuer, realm, kioskSecret });
    const failed =
      report(`Keycloak ${version}`, [...real.outcomes, ...(await keycloakOnly(keycloak.base, keycloak.admin, realm))]) +
      report('Embedded issuer', own.outcomes) +
      reportDifferences(compareShapes(real.shapes, own.shapes));
    const passed = real.outcomes.length + own.outcomes.length;
    console.log(
      `\n${failed === 0 ? `Alike: ${passed} checks hold` : `${failed} problems`} (${Math.round((Date.now() - began) / 1000)} s)`,
    );
    return failed === 0 ? 0 : 1;
  } finally {
    await cleanUp();
  }
}

process.exitCode = await verify().catch((error) => {
  console.error(error instanceof Unable ? error.message : error);
  return error instanceof Unable ? error.exitCode : 2;
});
