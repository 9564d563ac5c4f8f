import { demoUsers, readRealm } from '../identity/realm.js';
import { banner } from './banner.js';
import { Hub } from './hub.js';
import { createReporter } from './reporter.js';
import type { Programs } from './services.js';
import type { Settings } from './settings.js';

/** Ways in which a hub is told to end. SIGHUP: its terminal was closed. */
const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/**
 * Runs a hub until it is told to stop: by Ctrl-C, SIGTERM, its terminal's end, or the end of the program that started
 * it with a message channel (which it tells `{ type: 'ready', … }` like any service).
 *
 * @returns when everything has been stopped
 * @throws HubError when it cannot start
 */
export async function runHub(settings: Settings, programs?: Programs): Promise<void> {
  // A closed terminal must not keep us from stopping what runs.
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => undefined);
  const reporter = createReporter(process.stdout);
  const hub = new Hub(settings, reporter, programs);
  const told = untilTold(() => {
    reporter.line('Stopping …');
    void hub.stop();
  });
  process.on('SIGUSR2', () => hub.reconcile());

  try {
    await hub.start();
  } catch (error) {
    disconnect();
    throw error;
  }
  if (!told.already()) {
    reporter.line(banner(hub.info, hub.home, settings.issuer ? [] : demoUsers(readRealm())));
    process.send?.({ type: 'ready', home: settings.home, ...hub.info });
  }
  await told.wait;
  await hub.stop();
  reporter.line('Stopped.');
  disconnect();
}

/** An open message channel would keep this process alive. */
function disconnect(): void {
  process.removeAllListeners('disconnect');
  if (process.connected) process.disconnect();
}

/** Calls back once, however often and in how many ways we are told. */
function untilTold(act: () => void): { wait: Promise<void>; already: () => boolean } {
  let already = false;
  const wait = new Promise<void>((resolve) => {
    const tell = () => {
      if (already) return;
      already = true;
      act();
      resolve();
    };
    for (const signal of endings) process.on(signal, tell);
    process.once('disconnect', tell);
    process.once('uncaughtException', (error) => {
      process.exitCode = 1;
      console.error('linli: the launcher failed, stopping the hub:', error);
      tell();
    });
  });
  return { wait, already: () => already };
}
