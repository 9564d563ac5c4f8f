import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { graphqlFetcher } from '../../src/explorer/client/fetcher.js';
import type { City } from '../subscription/support/city.js';
import { startCity } from '../subscription/support/city.js';
import { until } from '../subscription/support/topic.js';

let city: City;
beforeAll(async () => {
  city = await startCity();
});
afterAll(() => city.close());

const fetcher = () => graphqlFetcher(`${city.url}/graphql`, () => Promise.resolve(undefined));

async function subscribe(query: string): Promise<AsyncIterableIterator<unknown>> {
  const answer = await fetcher()({ query });
  if (!(Symbol.asyncIterator in (answer as object))) throw new Error(`No stream: ${JSON.stringify(answer)}`);
  return answer as AsyncIterableIterator<unknown>;
}

test('a query is answered with one response', async () => {
  expect(await fetcher()({ query: '{ today }' })).toEqual({ data: { today: 'quiet' } });
  expect(await fetcher()({ query: '{ nothing }' })).toMatchObject({
    errors: [{ message: expect.stringMatching(/Cannot query/) as unknown }],
  });
});

test('a subscription is answered with each event, and ended at once where nobody listens any more', async () => {
  const events = await subscribe('subscription { incidents { id place { clinics } } }');
  await until(() => city.incidents.listeners === 1);
  for (const id of ['1', '2']) {
    const next = events.next();
    city.incidents.publish(city.incident(id));
    expect(await next).toEqual({
      done: false,
      value: { data: { incidents: { id, place: { clinics: ['社康 440303001001'] } } } },
    });
  }
  const waiting = events.next();
  await events.return?.();
  expect(await waiting).toMatchObject({ done: true });
  await until(() => city.incidents.listeners === 0);
});

test('a subscription that the department completes is complete', async () => {
  const events = await subscribe('subscription { broken { text } }');
  expect(await events.next()).toMatchObject({ value: { errors: [{ message: 'The street office is closed.' }] } });
  expect(await events.next()).toMatchObject({ done: true });
});

test('a subscription that is refused is answered with the reason', async () => {
  expect(await fetcher()({ query: 'subscription { visits { resident } }' })).toMatchObject({
    errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }],
  });
});
