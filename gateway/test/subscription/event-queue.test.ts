import { expect, test } from '@jest/globals';
import { EventQueue } from '../../src/subscription/event-queue.js';

function queue() {
  const flow: string[] = [];
  return {
    flow,
    queue: new EventQueue<number>({ pause: () => flow.push('pause'), resume: () => flow.push('resume') }),
  };
}

test('a full queue pauses its sender, an empty one lets it go on', async () => {
  const { flow, queue: events } = queue();
  const numbers = Array.from({ length: 20 }, (_, i) => i);
  numbers.forEach((i) => events.push(i));
  expect(flow).toEqual(['pause']);
  events.end();
  const read: number[] = [];
  for await (const number of events) {
    read.push(number);
    if (read.length < 20) expect(flow).toEqual(['pause']);
  }
  expect(read).toEqual(numbers);
  expect(flow).toEqual(['pause', 'resume']);
});

test('what came before an error is read before it', async () => {
  const { queue: events } = queue();
  events.push(1);
  events.end(new Error('lost'));
  events.push(2);
  const reader = events[Symbol.asyncIterator]();
  expect(await reader.next()).toEqual({ done: false, value: 1 });
  await expect(reader.next()).rejects.toThrow('lost');
});

test('a reader that waits is woken', async () => {
  const { queue: events } = queue();
  const next = events[Symbol.asyncIterator]().next();
  events.push(7);
  expect(await next).toEqual({ done: false, value: 7 });
});
