import { afterEach, expect, test } from '@jest/globals';
import type { DisclosureRecord } from '../../src/audit/record.js';
import { startCity, type City } from '../subscription/support/city.js';
import { listenOverHttp } from '../subscription/support/clients.js';
import { until } from '../subscription/support/topic.js';

let city: City;
afterEach(() => city.close());

const close = async () => undefined;
const visits = 'subscription Visits { visits { resident } }';
const visit = { data: { visits: { resident: '张建国' } } };

test('each event that shows personal data is on record before it is sent', async () => {
  const records: DisclosureRecord[] = [];
  let keep: () => void = () => undefined;
  const record = (each: DisclosureRecord) => {
    records.push(each);
    return new Promise<void>((resolve) => (keep = resolve));
  };
  city = await startCity({ disclosures: { record, close } });
  const heard = await listenOverHttp(city.url, visits, { token: await city.issuer.token() });
  await until(() => city.visits.listeners === 1);
  for (const count of [1, 2]) {
    city.visits.publish({ resident: '张建国' });
    await until(() => records.length === count);
    expect(heard.responses).toHaveLength(count - 1);
    keep();
    await until(() => heard.responses.length === count);
  }
  expect(heard.responses).toEqual([visit, visit]);
  const entries = [
    { type: 'Subscription', whose: [], rows: 1, fields: [{ coordinate: 'Visit.resident', effect: 'FULL' }] },
  ];
  expect(records).toMatchObject([
    { operationName: 'Visits', entries },
    { operationName: 'Visits', entries },
  ]);
  expect(JSON.stringify(records)).not.toContain('张');
  heard.leave();
});

test('an event that cannot be recorded is not sent, and ends its stream with a reason', async () => {
  city = await startCity({ disclosures: { record: () => Promise.reject(new Error('no room')), close } });
  const { responses, end } = await listenOverHttp(city.url, visits, { token: await city.issuer.token() });
  await until(() => city.visits.listeners === 1);
  city.visits.publish({ resident: '张建国' });
  expect(await end).toBe('complete');
  expect(responses).toMatchObject([{ data: null, errors: [{ extensions: { code: 'DISCLOSURE_NOT_RECORDED' } }] }]);
});

test('events about nobody are not recorded', async () => {
  const records: DisclosureRecord[] = [];
  city = await startCity({ disclosures: { record: async (each) => void records.push(each), close } });
  const heard = await listenOverHttp(city.url, 'subscription { incidents { text } }');
  await until(() => city.incidents.listeners === 1);
  city.incidents.publish(city.incident('1'));
  await until(() => heard.responses.length === 1);
  expect(records).toEqual([]);
  heard.leave();
});
