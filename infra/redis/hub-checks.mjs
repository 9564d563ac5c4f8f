import assert from 'node:assert/strict';
import { execFile, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const program = fileURLToPath(new URL('../../cli/dist/main.js', import.meta.url));

const visit = `mutation ($input: RecordGridVisitInput!) {
  recordGridVisit(input: $input) { visit { id } userErrors { message } }
}`;
const leads = `{ hardshipLeads(place: "440303001001", first: 200) { nodes { resident { id } signals { source reason } } } }`;
const purposes = { 'grid-worker': 'service-handling', 'community-worker': 'social-assistance' };

export const hubChecks = {
  'a visit that public security records, Redis away, is a lead in civil affairs once it is back': (redis, port) =>
    withHub(redis, port, async ({ ask }) => {
      const before = await signalsOf(ask);
      await redis.kill();
      const input = { residentId: 'demo-elder', visitedAt: new Date().toISOString(), outcome: 'NEEDS_HELP' };
      const { data, errors } = await ask('grid-worker', visit, {
        input: { ...input, idempotencyKey: randomUUID() },
      });
      assert.equal(errors, undefined, JSON.stringify(errors));
      assert.deepEqual(data.recordGridVisit.userErrors, []);
      await redis.start();
      for (let half = 0; half < 120; half += 1) {
        const now = await signalsOf(ask);
        if (now.length > before.length) {
          assert.deepEqual(now.at(-1), { source: 'GRID', reason: 'LACK_OF_CARE' });
          return;
        }
        await wait(500);
      }
      assert.fail('civil affairs was not told within a minute');
    }),
};

async function signalsOf(ask) {
  const { data, errors } = await ask('community-worker', leads);
  assert.equal(errors, undefined, JSON.stringify(errors));
  return data.hardshipLeads.nodes
    .filter(({ resident }) => resident?.id === 'demo-elder')
    .flatMap(({ signals }) => signals);
}

/** A hub of its own while `work` runs. */
async function withHub(redis, port, work) {
  const home = await mkdtemp(join(tmpdir(), 'linli-redis-hub-'));
  const env = {
    ...process.env,
    LINLI_HOME: home,
    LINLI_PORT: String(port),
    LINLI_RESIDENTS: '500',
    REDIS_URL: redis.url,
  };
  const hub = spawn(process.execPath, [program, 'dev'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const ended = new Promise((done) => hub.once('exit', done));
  try {
    await ready(hub, port);
    const tokens = new Map();
    const ask = async (user, query, variables) => {
      if (!tokens.has(user)) {
        const { stdout } = await promisify(execFile)(process.execPath, [program, 'token', user], { env });
        tokens.set(user, stdout.trim());
      }
      const response = await globalThis.fetch(`http://127.0.0.1:${port}/graphql`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${tokens.get(user)}`,
          'linli-purpose': purposes[user],
          'linli-legal-basis': 'duty',
          'linli-case-number': 'redis-1',
        },
        body: JSON.stringify({ query, variables }),
      });
      return response.json();
    };
    await work({ ask });
  } finally {
    hub.kill('SIGTERM');
    await ended;
    await rm(home, { recursive: true, force: true });
  }
}

async function ready(hub, port) {
  for (let tenth = 0; tenth < 1200; tenth += 1) {
    assert.equal(hub.exitCode, null, 'the hub ended, see above');
    const healthy = await globalThis.fetch(`http://127.0.0.1:${port}/health`).then(
      ({ status }) => status === 200,
      () => false,
    );
    if (healthy) return;
    await wait(100);
  }
  assert.fail('the hub is not healthy after two minutes');
}
