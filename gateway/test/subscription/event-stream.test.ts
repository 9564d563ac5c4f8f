import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { EventTooLarge, readEvents, writeEvent, type StreamEvent } from '../../src/subscription/event-stream.js';

async function* inPieces(bytes: Uint8Array, cuts: readonly number[]): AsyncGenerator<Uint8Array> {
  const places = [...new Set(cuts.map((cut) => cut % (bytes.length + 1)))].sort((a, b) => a - b);
  let from = 0;
  for (const to of [...places, bytes.length]) {
    yield bytes.subarray(from, to);
    from = to;
  }
}

async function read(text: string, cuts: readonly number[] = [], maxBytes = 1_000_000): Promise<StreamEvent[]> {
  const events: StreamEvent[] = [];
  for await (const event of readEvents(inPieces(Buffer.from(text), cuts), maxBytes)) events.push(event);
  return events;
}

describe('an event stream is read', () => {
  test.each([
    ['event: next\ndata: {}\n\n', [{ type: 'next', data: '{}' }]],
    ['data: 1\n\n', [{ type: 'message', data: '1' }]],
    ['event:next\r\ndata:1\r\n\r\n', [{ type: 'next', data: '1' }]],
    ['event: next\rdata: 1\r\r', [{ type: 'next', data: '1' }]],
    ['data: a\ndata:  b\n\n', [{ type: 'message', data: 'a\n b' }]],
    ['event: complete\ndata\n\n', [{ type: 'complete', data: '' }]],
    [':\n\nid: 7\nretry: 10\n: word\ndata: 1\nnothing\n\n', [{ type: 'message', data: '1' }]],
    ['\uFEFFdata: 1\n\n', [{ type: 'message', data: '1' }]],
    ['event: lost\n\ndata: 1\n\n', [{ type: 'message', data: '1' }]],
    ['data: 1\n\ndata: not finished\n', [{ type: 'message', data: '1' }]],
  ])('%j', async (text, events) => {
    expect(await read(text)).toEqual(events);
  });

  test('the same however it is cut into pieces, with each line end', async () => {
    const word = fc.string({ unit: 'grapheme', maxLength: 20 }).map((text) => JSON.stringify(text));
    const events = fc.array(fc.record({ type: fc.constantFrom('next', 'complete'), data: word }), { maxLength: 8 });
    const lineEnd = fc.constantFrom('\n', '\r\n', '\r');
    await fc.assert(
      fc.asyncProperty(events, lineEnd, fc.array(fc.nat(), { maxLength: 30 }), async (list, end, cuts) => {
        const text = list.map(({ type, data }) => writeEvent(type, data).replaceAll('\n', end)).join(`:${end}${end}`);
        expect(await read(text, cuts)).toEqual(list);
      }),
    );
  });
});

test('an event without an end is not collected for ever', async () => {
  await expect(read(`data: ${'x'.repeat(200)}`, [50, 100], 120)).rejects.toThrow(EventTooLarge);
  const small = `data: ${'x'.repeat(80)}\n\n`;
  expect(await read(small + small, [small.length], 120)).toHaveLength(2);
});
