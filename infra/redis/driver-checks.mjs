import assert from 'node:assert/strict';
import { setTimeout as wait } from 'node:timers/promises';
import { redisBus } from '../../subgraphs/kit/dist/events/redis-bus.js';

const silent = () => undefined;
let department = 0;

/** A name that no check before has used: what a department has taken is kept under it. */
const newDepartment = (name) => `${name}-${++department}`;
const event = (from, number, type = 'VenueBooked') => ({
  id: `${from}:${number}`,
  department: from,
  type,
  key: 'k',
  data: { number },
  at: '2025-06-30T00:00:00.000Z',
});

/** Waits until a list holds as many as it should, and a moment longer for what it should not. */
async function gathered(list, count) {
  for (let tenth = 0; tenth < 300 && list.length < count; tenth += 1) await wait(100);
  await wait(300);
  return [...list];
}

/** Buses that are closed whatever a check comes to. */
async function withBuses(redis, count, work) {
  const buses = Array.from({ length: count }, () => redisBus(redis.url, silent));
  try {
    await work(...buses);
  } finally {
    await Promise.all(buses.map((bus) => bus.close()));
  }
}

const numbers = (count) => Array.from({ length: count }, (_, i) => i);
const ids = (from, count) => numbers(count).map((number) => `${from}:${number}`);

/** What departments are promised of events, whatever happens to the server or to them. */
export const driverChecks = {
  'every department gets what it named, in its order, and nothing else': (redis) =>
    withBuses(redis, 3, async (sender, one, other) => {
      const from = newDepartment('sender');
      const [first, second] = [[], []];
      await one.subscribe(newDepartment('one'), [`${from}.VenueBooked`], async ({ id }) => void first.push(id));
      await other.subscribe(newDepartment('other'), [`${from}.Else`], async ({ id }) => void second.push(id));
      for (const number of numbers(50)) await sender.publish(event(from, number));
      await sender.publish(event(from, 'x', 'Else'));
      assert.deepEqual(await gathered(first, 50), ids(from, 50));
      assert.deepEqual(await gathered(second, 1), [`${from}:x`]);
    }),

  'a department that was away gets what was sent meanwhile': (redis) =>
    withBuses(redis, 2, async (sender, late) => {
      const from = newDepartment('sender');
      for (const number of numbers(5)) await sender.publish(event(from, number));
      const taken = [];
      await late.subscribe(newDepartment('late'), [`${from}.VenueBooked`], async ({ id }) => void taken.push(id));
      assert.deepEqual(await gathered(taken, 5), ids(from, 5));
    }),

  'what could not be handled comes again, before what is newer': (redis) =>
    withBuses(redis, 2, async (sender, taker) => {
      const from = newDepartment('sender');
      const taken = [];
      let failures = 2;
      await taker.subscribe(newDepartment('taker'), [`${from}.VenueBooked`], async ({ id, data }) => {
        if (data.number === 1 && failures-- > 0) throw new Error('the database is away');
        taken.push(id);
      });
      for (const number of numbers(4)) await sender.publish(event(from, number));
      assert.deepEqual(await gathered(taken, 4), ids(from, 4));
    }),

  'a department that is ended before it has handled an event gets it again after its start': async (redis) => {
    const [from, name] = [newDepartment('sender'), newDepartment('taker')];
    const taken = [];
    await withBuses(redis, 2, async (sender, taker) => {
      let began = false;
      await taker.subscribe(name, [`${from}.VenueBooked`], () => ((began = true), new Promise(() => undefined)));
      for (const number of numbers(3)) await sender.publish(event(from, number));
      for (let tenth = 0; tenth < 100 && !began; tenth += 1) await wait(100);
      assert.ok(began);
    });
    await withBuses(redis, 1, async (again) => {
      await again.subscribe(name, [`${from}.VenueBooked`], async ({ id }) => void taken.push(id));
      assert.deepEqual(await gathered(taken, 3), ids(from, 3));
    });
  },

  'a Redis that is killed and comes back has lost nothing, and nobody has to be started again': (redis) =>
    withBuses(redis, 2, async (sender, taker) => {
      const from = newDepartment('sender');
      const taken = [];
      await taker.subscribe(newDepartment('taker'), [`${from}.VenueBooked`], async ({ id }) => void taken.push(id));
      for (const number of numbers(3)) await sender.publish(event(from, number));
      await redis.kill();
      // Refused, so that the outbox keeps it; nothing waits in memory, where it would be lost.
      await assert.rejects(sender.publish(event(from, 3)));
      await redis.start();
      for (let tries = 0; ; tries += 1) {
        const sent = await sender.publish(event(from, 3)).then(
          () => true,
          () => false,
        );
        if (sent) break;
        assert.ok(tries < 100, 'the sender does not find Redis again');
        await wait(100);
      }
      assert.deepEqual([...new Set(await gathered(taken, 4))], ids(from, 4));
    }),
};
