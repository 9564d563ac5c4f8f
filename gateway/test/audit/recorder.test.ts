import { beforeEach, expect, test } from '@jest/globals';
import type { DisclosureRecord } from '../../src/audit/record.js';
import { GroupRecorder, type RecordStore } from '../../src/audit/recorder.js';

const limits = { waiting: 3, together: 2, writeMs: 20_000 };
const record = (id: string): DisclosureRecord => ({
  id,
  at: new Date(0),
  reader: 'reader',
  roles: [],
  operationHash: '',
  policies: '',
  entries: [],
});

/** A store whose writes are ended by the test. */
class SlowStore implements RecordStore {
  readonly writes: { ids: string[]; kept(): void; failed(): void }[] = [];
  closed = false;

  insert(records: readonly DisclosureRecord[]): Promise<void> {
    return new Promise((kept, reject) => {
      const failed = () => {
        reject(new Error('secret of a store'));
      };
      this.writes.push({ ids: records.map(({ id }) => id), kept, failed });
    });
  }

  async close(): Promise<void> {
    this.closed = true;
  }

  async write(n: number) {
    while (this.writes.length <= n) await new Promise(setImmediate);
    return this.writes[n]!;
  }
}

let store: SlowStore;
let logged: unknown[];
beforeEach(() => {
  store = new SlowStore();
  logged = [];
});
const open = (own = limits) => new GroupRecorder(store, (...line) => logged.push(line), own);

test('what is recorded at the very moment at which another is told is not forgotten', async () => {
  const recorder = open();
  const both = recorder.record(record('a')).then(() => recorder.record(record('b')));
  (await store.write(0)).kept();
  (await store.write(1)).kept();
  await both;
  expect(store.writes.map(({ ids }) => ids)).toEqual([['a'], ['b']]);
});

test('what arrives while a write is under way goes into the next one', async () => {
  const recorder = open();
  const first = recorder.record(record('a'));
  const write = await store.write(0);
  const later = Promise.all([recorder.record(record('b')), recorder.record(record('c'))]);
  expect(store.writes).toHaveLength(1);
  write.kept();
  await first;
  (await store.write(1)).kept();
  await later;
  expect(store.writes.map(({ ids }) => ids)).toEqual([['a'], ['b', 'c']]);
});

test('one write takes only so many, and only so many wait', async () => {
  const recorder = open();
  const waiting = ['a', 'b', 'c'].map((id) => recorder.record(record(id)));
  await expect(recorder.record(record('d'))).rejects.toThrow(/Too many/);
  (await store.write(0)).kept();
  (await store.write(1)).kept();
  await Promise.all(waiting);
  expect(store.writes.map(({ ids }) => ids)).toEqual([['a', 'b'], ['c']]);
});

test('a write that fails fails for those alone who wait for it, and is told once, without the words of the store', async () => {
  const recorder = open();
  const failed = Promise.allSettled([recorder.record(record('a')), recorder.record(record('b'))]);
  const next = recorder.record(record('c'));
  (await store.write(0)).failed();
  (await store.write(1)).kept();
  await next;
  expect((await failed).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  expect(logged).toMatchObject([
    ['error', expect.stringMatching(/held back/), { error: 'Error' }],
    ['info', expect.stringMatching(/again/)],
  ]);
  expect(JSON.stringify(logged)).not.toContain('secret');
});

test('a write that takes too long fails, and the next record is tried', async () => {
  const recorder = open({ ...limits, writeMs: 1 });
  await expect(recorder.record(record('a'))).rejects.toThrow(/within 1 ms/);
  const next = recorder.record(record('b'));
  next.catch(() => undefined);
  expect((await store.write(1)).ids).toEqual(['b']);
});

test('closing waits for what is under way', async () => {
  const recorder = open();
  const kept = recorder.record(record('a'));
  const write = await store.write(0);
  const closed = recorder.close();
  expect(store.closed).toBe(false);
  write.kept();
  await Promise.all([kept, closed]);
  expect(store.closed).toBe(true);
});
