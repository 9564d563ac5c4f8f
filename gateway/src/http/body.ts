import type { IncomingMessage } from 'node:http';
import { badRequest, bodyTooLarge } from '../errors.js';

/** Bytes of a request body. */
export const maxBodyBytes = 1024 * 1024;
/** Bytes that are read and thrown away after a refusal, so that a client that is still sending gets to read it. */
const maxDiscardedBytes = 16 * maxBodyBytes;

/** Whether a request says of itself that its body is over the limit. */
export function declaresTooMuch(request: IncomingMessage): boolean {
  return Number(request.headers['content-length'] ?? 0) > maxBodyBytes;
}

/** Reads a body of UTF-8 text. Throws a Refusal (413, 400); rejects when the client goes away. */
export async function readBody(request: IncomingMessage): Promise<string> {
  if (declaresTooMuch(request)) throw refuseTooLarge(request);
  const chunks: Buffer[] = [];
  let size = 0;
  await new Promise<void>((resolve, reject) => {
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) return chunks.push(chunk);
      request.removeAllListeners('data');
      reject(refuseTooLarge(request));
    });
    request.on('end', resolve);
    request.on('error', reject);
    request.on('close', () => reject(new Error('the client closed the connection')));
  });
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks, size));
  } catch {
    throw badRequest('The body is not UTF-8 text. Send JSON in UTF-8.');
  }
}

function refuseTooLarge(request: IncomingMessage): Error {
  let discarded = 0;
  request.on('data', (chunk: Buffer) => {
    discarded += chunk.length;
    if (discarded > maxDiscardedBytes) request.destroy();
  });
  return bodyTooLarge(
    `The body has more than ${maxBodyBytes} bytes, which is the limit. Send a smaller document or fewer variables.`,
  );
}
