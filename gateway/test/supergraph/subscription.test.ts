import { writeFile } from 'node:fs/promises';
import { afterEach, expect, test } from '@jest/globals';
import { composeServices } from '@theguild/federation-composition';
import { parse } from 'graphql';
import type { City } from '../subscription/support/city.js';
import { startCity } from '../subscription/support/city.js';
import { listenOverHttp } from '../subscription/support/clients.js';
import { until } from '../subscription/support/topic.js';

let city: City;
afterEach(() => city.close());

const clinics = 'subscription { incidents { text place { clinics } } }';

test('a subscription keeps the graph it began with, other departments of it included, until it ends', async () => {
  city = await startCity({ watch: false });
  const heard = await listenOverHttp(city.url, clinics);
  await until(() => city.incidents.listeners === 1);
  city.incidents.publish(city.incident('1'));
  await until(() => heard.responses.length === 1);

  const { name, url, sdl } = city.civilAffairs;
  const { supergraphSdl } = composeServices([{ name, url, typeDefs: parse(sdl) }]);
  await writeFile(city.supergraph, supergraphSdl!);
  expect((await city.gateway.reload()).outcome).toBe('swapped');

  city.incidents.publish(city.incident('2'));
  await until(() => heard.responses.length === 2);
  expect(heard.responses).toEqual(
    ['1', '2'].map((id) => ({
      data: { incidents: { text: `incident ${id}`, place: { clinics: ['社康 440303001001'] } } },
    })),
  );
  const later = await listenOverHttp(city.url, clinics);
  expect(JSON.stringify(later.json ?? later.responses)).toContain('Cannot query field \\"clinics\\"');
  city.incidents.complete();
  expect(await heard.end).toBe('complete');
});
