import { IdentityError } from './errors.js';
import { readRealm } from './realm.js';
import { readSettings } from './settings.js';

/** Milliseconds that requests in flight are given after a stop signal. */
const patience = 4_000;

function log(level: 'info' | 'warn' | 'error', msg: string, details: Record<string, unknown> = {}): void {
  process.stderr.write(
    `${JSON.stringify({ time: new Date().toISOString(), level, service: 'identity', msg, ...details })}\n`,
  );
}

async function run(): Promise<void> {
  const settings = readSettings(process.env);
  // The library under the issuer speaks to the console, already while it loads; the service's log is JSON lines.
  console.warn = console.info = (text: unknown) => log('warn', String(text));
  const { startIssuer } = await import('./issuer.js');
  const running = await startIssuer({
    realm: readRealm(settings.realmFile),
    directory: settings.directory,
    host: settings.host,
    port: settings.port,
    url: settings.url,
    environment: process.env,
    // The stack names places in the code; a message may quote what a client sent.
    onError: (error) => log('error', 'A request failed inside the issuer', { name: error.name, at: firstPlace(error) }),
  });
  let stopping = false;
  const stop = () => {
    if (stopping) return;
    stopping = true;
    setTimeout(() => process.exit(0), patience).unref();
    void running.close().then(() => process.exit(0));
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  process.on('disconnect', stop);
  log('info', 'The issuer is ready', { issuer: running.issuer });
  process.send?.({ type: 'ready', url: running.address });
}

function firstPlace(error: Error): string | undefined {
  return error.stack
    ?.split('\n')
    .find((line) => line.startsWith('    at '))
    ?.trim();
}

run().catch((error: unknown) => {
  const known = error instanceof IdentityError;
  log('error', known ? error.message : String(error), known ? { code: error.code } : {});
  process.exit(1);
});
