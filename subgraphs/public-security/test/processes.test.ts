import { fork, type ChildProcess } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '@linli/kit/testing/scratch-database';

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));
let database: ScratchDatabase;
let client: Awaited<ReturnType<ScratchDatabase['connect']>>;
const running: ChildProcess[] = [];

/** The department as a process of its own, ready. */
async function start(): Promise<ChildProcess> {
  const child = fork(program, {
    env: {
      ...process.env,
      DATABASE_URL: database.url,
      PORT: '0',
      LINLI_RESIDENTS: '500',
      LINLI_ASSERTION_JWKS: '{"keys":[]}',
    },
    execArgv: [],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
  running.push(child);
  await new Promise<void>((resolve, reject) => {
    child.on('message', (message) => (message as { type: string }).type === 'ready' && resolve());
    child.once('exit', (code) => reject(new Error(`The department ended with ${code}.`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const ended = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await ended;
}

beforeAll(async () => {
  database = await scratchDatabase('processes');
  client = await database.connect();
});

afterAll(async () => {
  for (const child of running) if (child.exitCode === null && child.signalCode === null) await kill(child);
  await database.drop();
});

const escalations = async (id: string): Promise<number> => {
  const { rows } = await client.query("SELECT 1 FROM grid_event_step WHERE event_id = $1 AND action = 'ESCALATED'", [
    id,
  ]);
  return rows.length;
};

/** Lets the time of an open event run out, and makes the job due. */
async function makeOverdue(id: string): Promise<void> {
  await client.query("UPDATE grid_event SET escalate_at = now() - interval '1 minute', supervision = 0 WHERE id = $1", [
    id,
  ]);
  await client.query("UPDATE _linli_job SET due_at = now() WHERE name = 'overdue-grid-events'");
}

async function eventually(id: string, count: number): Promise<void> {
  for (let i = 0; i < 100 && (await escalations(id)) < count; i++) await sleep(200);
  // Whoever else might do it again has had its turn by then.
  await sleep(2500);
  expect(await escalations(id)).toBe(count);
}

test('overdue events are escalated once by two processes, and still when one has died and another starts', async () => {
  const first = await start();
  const second = await start();
  const { rows } = await client.query<{ id: string }>(
    "SELECT id FROM grid_event WHERE stage = 'HANDLING' AND lead_unit IS NOT NULL ORDER BY id LIMIT 1",
  );
  const { id } = rows[0]!;
  const before = await escalations(id);
  await makeOverdue(id);
  await eventually(id, before + 1);
  await kill(first);
  await makeOverdue(id);
  await eventually(id, before + 2);
  await kill(second);
  await makeOverdue(id);
  await start();
  await eventually(id, before + 3);
}, 120_000);
