import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Webhook } from 'standardwebhooks';
import { connectors } from '../src/subgraph.js';
import { secret } from './platform.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(connectors({ shenpingan: { secret } }));
});

afterAll(() => service.close());

const event = {
  type: 'grid-event.reported',
  occurredAt: '2026-03-01T08:00:00+08:00',
  community: '440303001001',
  data: { kind: 'FIRE_HAZARD', count: 2 },
};

interface Sent {
  id?: string;
  at?: Date;
  body?: string;
  platform?: string;
  signedWith?: string;
  signature?: string;
}

async function send({ id = 'e-1', at = new Date(), platform = 'shenpingan', ...how }: Sent = {}) {
  const body = how.body ?? JSON.stringify(event);
  const response = await fetch(service.url.replace('/graphql', `/webhooks/${platform}`), {
    method: 'POST',
    headers: {
      'webhook-id': id,
      'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
      'webhook-signature': how.signature ?? new Webhook(how.signedWith ?? secret).sign(id, at, body),
    },
    body,
  });
  return { status: response.status, ...((await response.json()) as { id?: string; error?: { code: string } }) };
}

const count = async () => {
  const answer = await service.query('{ inboundEvents { totalCount } }');
  return answer.data.inboundEvents.totalCount as number;
};

test('an event is stored, and told to departments, once', async () => {
  const answers = await Promise.all(Array.from({ length: 8 }, () => send()));
  expect(new Set(answers.map(({ status, id }) => `${status} ${id}`)).size).toBe(1);
  expect(answers[0]!.status).toBe(202);
  expect(await count()).toBe(1);
  expect(await eventsIn(service.databaseUrl)).toEqual([
    {
      type: 'GridEventReported',
      key: '440303001001',
      data: {
        id: answers[0]!.id,
        platform: 'shenpingan',
        community: '440303001001',
        occurredAt: event.occurredAt,
        kind: 'FIRE_HAZARD',
        count: 2,
      },
    },
  ]);
  const { data } = await service.query(
    `{ inboundEvent(id: "${answers[0]!.id}") { type externalId occurredAt platform { name } community { code } } }`,
  );
  expect(data.inboundEvent).toEqual({
    type: 'grid-event.reported',
    externalId: 'e-1',
    occurredAt: '2026-03-01T00:00:00.000Z',
    platform: { name: '深平安' },
    community: { code: '440303001001' },
  });
});

const old = new Date(Date.now() - 10 * 60_000);
test.each<[string, Sent, number, string]>([
  [
    'signed with another secret',
    { signedWith: `whsec_${Buffer.alloc(32, 8).toString('base64')}` },
    401,
    'BAD_SIGNATURE',
  ],
  ['of ten minutes ago, sent again', { at: old }, 401, 'BAD_SIGNATURE'],
  [
    'whose signature is for another body',
    { signature: new Webhook(secret).sign('e-2', new Date(), '{}') },
    401,
    'BAD_SIGNATURE',
  ],
  ['that is not JSON', { body: 'kind=FIRE' }, 400, 'BAD_EVENT'],
  [
    'of a type that the platform does not send',
    { body: JSON.stringify({ ...event, type: 'repair.reported' }) },
    400,
    'BAD_EVENT',
  ],
  ['of a place that there is not', { body: JSON.stringify({ ...event, community: '440303001999' }) }, 400, 'BAD_EVENT'],
  ['with more than its contract says', { body: JSON.stringify({ ...event, reporter: '张三' }) }, 400, 'BAD_EVENT'],
  ['with a long text', { body: JSON.stringify({ ...event, data: { note: '长'.repeat(201) } }) }, 400, 'BAD_EVENT'],
  ['of a platform with which nothing was agreed', { platform: 'ishenzhen' }, 403, 'NOT_AGREED'],
  ['of a platform that there is not', { platform: 'nobody' }, 404, 'NOT_FOUND'],
])('an event %s is refused, and nothing is stored', async (_, how, status, code) => {
  const before = await count();
  expect(await send({ id: 'e-2', ...how })).toMatchObject({ status, error: { code } });
  expect(await count()).toBe(before);
});

test('an event of more than 256 KiB is not read to its end', async () => {
  expect((await send({ id: 'e-3', body: 'x'.repeat(300_000) })).status).toBe(413);
});
