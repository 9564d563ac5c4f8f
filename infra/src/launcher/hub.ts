import { existsSync, rmSync } from 'node:fs';
import { departments } from '@linli/schema/departments';
import { platforms, subgraphs } from '@linli/schema/platforms';
import { portInUse } from '../errors.js';
import { isFree } from '../postgres/ports.js';
import { startDatabase, useDatabase } from './database.js';
import type { Database } from './database.js';
import { EventExchange } from './event-exchange.js';
import { forgetStopped, homeAt, makeHome } from './home.js';
import type { Home } from './home.js';
import { isStopped, stoppable } from './hub-file.js';
import type { HubInfo } from './hub-file.js';
import { writeJson } from './json-file.js';
import { endLeftovers, noteProcesses } from './leftovers.js';
import { acquireLock } from './lock.js';
import { populationOf } from './population.js';
import { assignPorts } from './ports.js';
import { progressText } from './reporter.js';
import type { Reporter } from './reporter.js';
import { loadAssertionKeys, loadSecrets } from './secrets.js';
import { Service } from './service.js';
import type { ServiceEvents, ServiceSpec } from './service.js';
import {
  agreementsWith,
  bridgeSpec,
  builtPrograms,
  departmentSpec,
  gatewaySpec,
  identitySpec,
  localUrl,
  platformsSpec,
} from './services.js';
import type { Programs } from './services.js';
import type { Settings } from './settings.js';

/**
 * A whole local hub: database, identity, departments and gateway, each a process of its own.
 *
 * `start` resolves when the gateway answers, or early when `stop` is called meanwhile; when it throws, nothing is
 * left running. `stop` ends everything, the gateway first and the database last.
 */
export class Hub {
  readonly home: Home;
  private readonly services = new Map<string, Service>();
  private readonly startedAt = Date.now();
  private opening?: Promise<Database>;
  private releaseLock?: () => void;
  private readonly settling = new Set<Service>();
  private readonly exchange = new EventExchange();
  private issuer = '';
  private ready = false;
  private stopping?: Promise<void>;

  constructor(
    private readonly settings: Settings,
    private readonly reporter: Reporter,
    private readonly programs: Programs = builtPrograms,
  ) {
    this.home = homeAt(settings.home);
  }

  /** What runs where, as told to other programs. */
  get info(): HubInfo {
    const services = [...this.services].map(([name, { state, pid, url }]) => [name, { state, pid, url }] as const);
    const { port } = this.settings;
    return { pid: process.pid, port, url: localUrl(port), issuer: this.issuer, services: Object.fromEntries(services) };
  }

  /** @throws HubError whatever stands in the way, in one line */
  async start(): Promise<void> {
    try {
      await this.startAll();
    } catch (error) {
      await this.stop();
      throw error;
    }
  }

  stop(): Promise<void> {
    // Assigned before anything stops, so that whatever happens meanwhile knows.
    return (this.stopping ??= Promise.resolve().then(() => this.stopAll()));
  }

  /** Stops and starts what was asked for by `linli stop` and `linli start`. */
  reconcile(): void {
    if (!this.ready || this.stopping) return;
    for (const [name, service] of this.services) {
      if (stoppable.includes(name)) void this.settle(service);
    }
  }

  /** One at a time for each service: what is wanted may change again while it is still stopping. */
  private async settle(service: Service): Promise<void> {
    if (this.settling.has(service)) return;
    this.settling.add(service);
    while (isStopped(this.home, service.name) && service.state !== 'stopped') await service.stop();
    this.settling.delete(service);
    if (!isStopped(this.home, service.name)) service.resume();
  }

  private async startAll(): Promise<void> {
    const { home, settings } = this;
    this.releaseLock = acquireLock(home);
    makeHome(home);
    if ((await endLeftovers(home)) > 0) this.reporter.line('Ended what an earlier hub had left running on this home.');
    forgetStopped(home);
    if (!(await isFree(settings.port))) throw portInUse(settings.port);
    const population = populationOf(home, settings);
    const secrets = loadSecrets(home);
    const assertionKeys = await loadAssertionKeys(home);
    const ports = await assignPorts(home, ['postgres', 'identity', 'platforms', ...subgraphs], [settings.port]);
    const port = (name: string) => ports.get(name) as number;

    this.issuer = settings.issuer ?? `${localUrl(port('identity'))}/realms/linli`;
    const identity = settings.issuer
      ? undefined
      : identitySpec(this.programs, home, port('identity'), secrets.kioskSecret);
    if (this.stopping) return;
    this.opening = this.openDatabase(secrets, port('postgres'));
    const [database] = await Promise.all([this.opening, identity && this.startService(identity)]);
    if (this.stopping) return;
    await Promise.all(
      departments.map((name) =>
        this.startService(
          departmentSpec(
            this.programs,
            home,
            name,
            port(name),
            database.urls.get(name) as string,
            assertionKeys,
            population,
            settings,
            name === 'connectors' ? { LINLI_PLATFORMS: agreementsWith(port('platforms'), secrets) } : {},
          ),
        ),
      ),
    );
    await Promise.all(
      platforms.map((name) =>
        this.startService(
          bridgeSpec(this.programs, home, name, port(name), port('platforms'), assertionKeys, settings),
        ),
      ),
    );
    await this.startService(platformsSpec(this.programs, home, port('platforms'), port('connectors'), secrets));
    if (this.stopping) return;
    this.exchange.open();
    // By now the record's tables are there.
    const recorderUrl = await database.recorderUrl();
    const subgraphPorts = new Map(subgraphs.map((name) => [name, port(name)]));
    await this.startService(gatewaySpec(this.programs, home, settings, this.issuer, subgraphPorts, recorderUrl));
    if (this.stopping) return;
    this.ready = true;
    this.publish();
    this.reconcile();
  }

  private async openDatabase(secrets: ReturnType<typeof loadSecrets>, port: number): Promise<Database> {
    const { databaseUrl } = this.settings;
    const say = (status: string, kind: 'progress' | 'state') => this.reporter.status('postgres', status, kind);
    const first = !existsSync(this.home.postgres);
    say(
      databaseUrl ? 'looking for the databases of DATABASE_URL' : first ? 'making the databases' : 'starting',
      'state',
    );
    const database = databaseUrl
      ? await useDatabase(databaseUrl)
      : await startDatabase(this.home, secrets, port, {
          died: (reason) => this.reporter.line(`postgres: ${reason}; starting it again.`),
          recovered: () => {
            this.reporter.line('postgres: running again.');
            this.publish();
          },
        });
    say(this.readyText(), 'state');
    return database;
  }

  private async startService(spec: ServiceSpec): Promise<void> {
    const service = new Service(spec, this.events);
    this.services.set(spec.name, service);
    // A stop that came while this start was being prepared has not seen this service.
    if (!this.stopping) await service.start();
  }

  private readonly events: ServiceEvents = {
    progress: ({ name }, progress) => {
      if (!this.ready) this.reporter.status(name, progressText(progress), 'progress');
    },
    said: (service, message) => this.exchange.hear(service, message),
    changed: (service) => {
      const { name, state, url } = service;
      this.exchange.changed(service);
      this.publish();
      if (this.stopping) return;
      if (!this.ready && state === 'starting') this.reporter.status(name, 'starting', 'state');
      if (!this.ready && state === 'ready') this.reporter.status(name, this.readyText(), 'state');
      if (this.ready && state === 'ready') this.reporter.line(`${name}: running at ${url}.`);
      if (this.ready && state === 'stopped')
        this.reporter.line(`${name}: stopped; linli start ${name} brings it back.`);
    },
    died: ({ name }, reason, delay) => {
      if (!this.stopping) this.reporter.line(`${name}: ${reason}; starting it again in ${delay / 1000} s.`);
    },
  };

  private readyText(): string {
    return `ready after ${((Date.now() - this.startedAt) / 1000).toFixed(1)} s`;
  }

  /** Process numbers are noted all the time, for a start after a crash; hub.json is there while the hub answers. */
  private publish(): void {
    const pids = [...this.services.values()].map(({ pid }) => pid);
    noteProcesses(
      this.home,
      pids.filter((pid) => pid !== undefined),
    );
    if (this.ready && !this.stopping) writeJson(this.home.hub, this.info);
  }

  private async stopAll(): Promise<void> {
    if (!this.releaseLock) return;
    rmSync(this.home.hub, { force: true });
    const others = [...this.services.values()].filter(({ name }) => name !== 'gateway');
    await this.services.get('gateway')?.stop();
    await Promise.all(others.map((service) => service.stop()));
    // It may still be opening, and must not outlive us then either; why it could not open is told by `start`.
    const database = await this.opening?.catch(() => undefined);
    await database?.stop();
    rmSync(this.home.processes, { force: true });
    this.releaseLock();
  }
}
