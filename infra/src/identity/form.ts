import type { IncomingMessage } from 'node:http';

/** Bytes of a form taken at most; the largest real one is a logout with an ID token. */
const limit = 32_768;

/**
 * The fields of a posted form (`application/x-www-form-urlencoded`), or undefined for another type or one past 32 KiB.
 */
export async function readForm(request: IncomingMessage): Promise<URLSearchParams | undefined> {
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers['content-type'] ?? '')) return undefined;
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > limit) return undefined;
    chunks.push(chunk);
  }
  return new URLSearchParams(Buffer.concat(chunks).toString('utf8'));
}
