import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startPostgres } from '../../dist/postgres/server.js';

const folder = mkdtempSync(join(tmpdir(), 'linli-test-postgres-'));
let server;

async function end(code) {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
  process.exit(code);
}

process.once('disconnect', () => void end(0));
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.once(signal, () => void end(0));

try {
  const log = join(folder, 'postgres.log');
  server = await startPostgres({ directory: join(folder, 'data'), password: 'test-only', log });
  if (process.connected) process.send({ url: server.url });
  else await end(0);
} catch (error) {
  const message = error instanceof Error ? error.message : String(error);
  process.send?.({ error: message }, () => void end(1));
}
