/** One event of a stream (WHATWG HTML, 9.2 Server-sent events). */
export interface StreamEvent {
  /** As named by `event:`; `message` where none is. */
  readonly type: string;
  readonly data: string;
}

/** An event that has more bytes than its reader takes. */
export class EventTooLarge extends Error {
  override name = 'EventTooLarge';
}

/**
 * Reads `text/event-stream` (WHATWG HTML, 9.2.6) out of the chunks of a response. Comments, ids and retry times are
 * passed over; an event that is not finished at the end is dropped, as the standard says.
 *
 * @param maxBytes of one event; throws an EventTooLarge beyond
 */
export async function* readEvents(chunks: AsyncIterable<Uint8Array>, maxBytes: number): AsyncGenerator<StreamEvent> {
  const decoder = new TextDecoder();
  /** The start of a line whose end has not come yet. */
  let rest = '';
  /** The chunk before ended with a carriage return: a line feed now is the rest of that line end. */
  let returned = false;
  let size = 0;
  let type = '';
  let data: string[] = [];
  for await (const chunk of chunks) {
    size += chunk.length;
    let text = decoder.decode(chunk, { stream: true });
    if (text === '') continue;
    if (returned && text.startsWith('\n')) text = text.slice(1);
    returned = text.endsWith('\r');
    const lines = text.split(/\r\n|\n|\r/);
    lines[0] = rest + lines[0]!;
    rest = lines.pop()!;
    for (const line of lines) {
      if (line === '') {
        if (data.length) yield { type: type || 'message', data: data.join('\n') };
        type = '';
        data = [];
        size = 0;
        continue;
      }
      const colon = line.indexOf(':');
      const field = colon < 0 ? line : line.slice(0, colon);
      const value = colon < 0 ? '' : line.slice(colon + 1).replace(/^ /, '');
      if (field === 'event') type = value;
      else if (field === 'data') data.push(value);
    }
    if (size > maxBytes) throw new EventTooLarge(`an event with more than ${maxBytes} bytes`);
  }
}

/** One event as text. Data must be without line breaks, as JSON text is. */
export function writeEvent(type: string, data: string): string {
  return `event: ${type}\ndata: ${data}\n\n`;
}

/** A comment, which readers pass over: shows that the stream is alive. */
export const heartbeat = ':\n\n';
