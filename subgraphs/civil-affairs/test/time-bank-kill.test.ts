import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { scratchDatabase, type ScratchDatabase } from '@linli/kit/testing/scratch-database';
import { assertionHeader, assertionIssuer, assertionType } from '@linli/schema/subject';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { Client } from 'pg';

/** The service as a process of its own, killed while it writes. */
let database: ScratchDatabase;
let client: Client;
let privateKey: Awaited<ReturnType<typeof generateKeyPair>>['privateKey'];
let jwks: string;
const running: ChildProcess[] = [];

beforeAll(async () => {
  database = await scratchDatabase('time-bank-kill');
  client = await database.connect();
  const pair = await generateKeyPair('EdDSA', { crv: 'Ed25519', extractable: true });
  privateKey = pair.privateKey;
  jwks = JSON.stringify({ keys: [{ ...(await exportJWK(pair.publicKey)), kid: 'test', alg: 'EdDSA' }] });
});

afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await client.end();
  await database.drop();
});

async function start(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, [fileURLToPath(new URL('../dist/main.js', import.meta.url))], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: database.url,
      LINLI_ASSERTION_JWKS: jwks,
      LINLI_RESIDENTS: '3000',
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.push(child);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const listen = (chunk: Buffer) => {
      said += chunk.toString();
      const found = /"url":"(http[^"]+)"/.exec(said);
      if (found) resolve(found[1]!);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
    child.once('exit', () => reject(new Error(`The service did not start: ${said.slice(-500)}`)));
  });
  return { child, url };
}

async function transfer(
  url: string,
  from: { id: string; holder: string },
  to: string,
  minutes: number,
): Promise<boolean> {
  const assertion = await new SignJWT({
    subject: {
      id: from.holder,
      roles: ['resident'],
      residentId: from.holder,
      jurisdiction: [],
      purposes: [],
      scopes: [],
    },
    standing: { household: [], wards: [] },
    scope: { TimeBankAccount: ['self'] },
    writes: { transferTime: ['self'] },
    operation: 'test',
  })
    .setProtectedHeader({ alg: 'EdDSA', kid: 'test', typ: assertionType })
    .setIssuer(assertionIssuer)
    .setAudience('civil-affairs')
    .setSubject(from.holder)
    .setIssuedAt()
    .setExpirationTime('1m')
    .sign(privateKey);
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', [assertionHeader]: assertion },
    body: JSON.stringify({
      query: 'mutation ($input: TransferTimeInput!) { transferTime(input: $input) { userErrors { code } } }',
      variables: { input: { fromAccountId: from.id, toAccountId: to, minutes, note: '示例' } },
    }),
  });
  const body = (await response.json()) as { data?: { transferTime?: { userErrors: unknown[] } } };
  return body.data?.transferTime?.userErrors.length === 0;
}

const sums = async () =>
  (
    await client.query(
      `SELECT sum(balance)::int AS all, sum(balance) FILTER (WHERE kind = 'PERSONAL')::int AS held,
         count(*) FILTER (WHERE balance <> (SELECT coalesce(sum(minutes), 0) FROM time_bank_entry e WHERE e.account_id = a.id))::int AS wrong,
         count(*) FILTER (WHERE kind = 'PERSONAL' AND balance < 0)::int AS below
       FROM time_bank_account a`,
    )
  ).rows[0];

test('killed in the middle of 64 transfers at once, the service has moved each wholly or not at all', async () => {
  let { child, url } = await start();
  const { rows: accounts } = await client.query<{ id: string; holder: string }>(
    "SELECT id, holder_id AS holder FROM time_bank_account WHERE kind = 'PERSONAL' ORDER BY id LIMIT 8",
  );
  expect(accounts.length).toBeGreaterThan(3);
  const before = await sums();
  expect(before).toMatchObject({ all: 0, wrong: 0, below: 0 });
  const entries = async () =>
    (await client.query('SELECT count(*)::int AS n FROM time_bank_entry')).rows[0].n as number;

  for (let round = 0; round < 3; round++) {
    const start0 = await entries();
    let acknowledged = 0;
    const writers = Array.from({ length: 64 }, async (_, i) => {
      for (let k = 0; ; k++) {
        const [from, to] = [accounts[i % accounts.length]!, accounts[(i + 1 + k) % accounts.length]!];
        if (from.id === to.id) continue;
        if (await transfer(url, from, to.id, 1)) acknowledged++;
      }
    });
    const ended = Promise.allSettled(writers);
    while ((await entries()) < start0 + 80) await new Promise((done) => setTimeout(done, 5));
    child.kill('SIGKILL');
    await once(child, 'exit');
    await ended;
    // What its connections had begun ends with them.
    await client.query(
      'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
    );
    expect(await sums()).toEqual(before);
    const written = (await entries()) - start0;
    expect(written % 2).toBe(0);
    expect(written / 2).toBeGreaterThanOrEqual(acknowledged);
    expect(acknowledged).toBeGreaterThan(0);
    ({ child, url } = await start());
  }
  expect(await transfer(url, accounts[0]!, accounts[1]!.id, 1)).toBe(true);
  expect(await sums()).toEqual(before);
}, 120_000);
