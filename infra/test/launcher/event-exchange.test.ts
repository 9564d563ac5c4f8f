import { afterEach, beforeEach, expect, jest, test } from '@jest/globals';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { EventExchange } from '../../src/launcher/event-exchange.js';
import { Service } from '../../src/launcher/service.js';
import { choosePort } from '../../src/postgres/ports.js';

jest.setTimeout(60_000);

let folder: string;
let exchange: EventExchange;
const services: Service[] = [];

async function start(name: string, names: string): Promise<Service> {
  const service = new Service(
    {
      name,
      entry: fileURLToPath(new URL('../support/talking-service.mjs', import.meta.url)),
      env: {
        PATH: process.env['PATH'] ?? '',
        HOST: '127.0.0.1',
        PORT: String(await choosePort()),
        DEPARTMENT: name,
        NAMES: names,
      },
      log: join(folder, `${name}.log`),
    },
    {
      said: (each, message) => exchange.hear(each, message),
      changed: (each) => exchange.changed(each),
    },
  );
  services.push(service);
  await service.start();
  return service;
}

const ask = async (service: Service, path: string) => await (await fetch(`${service.url!}${path}`)).json();

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-exchange-'));
  exchange = new EventExchange();
});

afterEach(async () => {
  await Promise.all(services.splice(0).map((service) => service.stop()));
  rmSync(folder, { recursive: true, force: true });
});

test('an event is handled by everybody who wants it before it counts as published', async () => {
  const [teller, one, other, deaf] = await Promise.all([
    start('housing', ''),
    start('health', 'housing.Said'),
    start('education', 'housing.Said,health.Said'),
    start('public-security', 'health.Said'),
  ]);
  expect(await ask(teller, '/publish?key=early')).toBe('the hub is still starting');
  exchange.open();
  expect(await ask(teller, '/publish?key=a')).toBe('published');
  expect(await Promise.all([one, other, deaf].map((each) => ask(each, '/seen')))).toEqual([['a'], ['a'], []]);
  expect(await ask(teller, '/publish?key=fails')).toMatch(/^(health|education): cannot$/);
});

test('an event for somebody who is away is not published, and is when they are back', async () => {
  const [teller, taker] = await Promise.all([start('housing', ''), start('health', 'housing.Said')]);
  exchange.open();
  await taker.stop();
  expect(await ask(teller, '/publish?key=a')).toBe('health is not running');
  await taker.start();
  expect(await ask(teller, '/publish?key=a')).toBe('published');
  expect(await ask(taker, '/seen')).toEqual(['a']);
});
