import type { Department } from '@linli/schema/departments';
import { Client, type Pool } from 'pg';
import type { Log } from '../service/log.js';
import type { Settings } from '../service/settings.js';
import type { Transactional } from '../writing/transaction.js';
import type { EventBus } from './bus.js';
import { inProcessBus } from './in-process-bus.js';
import { inbox, type Consumers } from './inbox.js';
import { launcherBus } from './launcher-bus.js';
import { LocalEvents, type OwnEvents } from './local.js';
import { Relay, outboxChannel, readEvent } from './outbox.js';
import { redisBus } from './redis-bus.js';

/** A department's events while it runs. */
export interface Events {
  readonly own: OwnEvents;
  close(): Promise<void>;
}

/** Milliseconds between two looks into the outbox, should a notification be missed. */
const lookEvery = 5000;
/** Milliseconds until a lost connection is opened again. */
const reopenAfter = 1000;

/** Departments that share a process hand events to each other, where nothing else was set up. */
const shared = inProcessBus();

function busOf({ REDIS_URL, LINLI_EVENTS }: Settings, log: Log): EventBus {
  if (REDIS_URL !== undefined) return redisBus(REDIS_URL, log);
  return LINLI_EVENTS === 'launcher' ? launcherBus(process) : shared;
}

/**
 * Sends a department's events out of its outbox, hands them to its own subscriptions, and takes others' events.
 * The driver is Redis Streams where `REDIS_URL` is set, else what `LINLI_EVENTS` says.
 */
export async function openEvents<Prisma extends Transactional>(
  { department, consumes = {} }: { department: Department; consumes?: Consumers<Prisma> },
  { client, pool, settings, log }: { client: Prisma; pool: Pool; settings: Settings; log: Log },
): Promise<Events> {
  const bus = busOf(settings, log);
  const own = new LocalEvents();
  const names = Object.keys(consumes);
  if (names.length) await bus.subscribe(department, names, inbox(client, consumes, log));

  let relay: Relay | undefined;
  let closed = false;
  let reopening: NodeJS.Timeout | undefined;
  const open = async (): Promise<void> => {
    const connection = new Client({ connectionString: settings.DATABASE_URL, connectionTimeoutMillis: 3000 });
    connection.on('error', () => undefined);
    connection.once('end', () => {
      relay = undefined;
      if (!closed) reopening = setTimeout(() => void open().catch(() => connection.emit('end')), reopenAfter);
    });
    await connection.connect();
    const opened = new Relay(department, connection, bus, log);
    connection.on('notification', ({ payload }) => {
      opened.wake();
      if (own.isHeard && payload) {
        void readEvent(pool, department, payload).then(
          (event) => event && own.tell(event),
          (error: Error) => log('warn', 'an event could not be read for subscriptions', { error: error.name }),
        );
      }
    });
    await connection.query(`LISTEN ${outboxChannel}`);
    relay = opened;
    relay.wake();
  };
  await open();
  const timer = setInterval(() => relay?.wake(), lookEvery);
  return {
    own,
    async close() {
      closed = true;
      clearInterval(timer);
      clearTimeout(reopening);
      own.close();
      await relay?.stop();
      await relay?.client.end();
      if (bus === shared) shared.leave(department);
      else await bus.close();
    },
  };
}
