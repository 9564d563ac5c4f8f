import { isUtf8 } from 'node:buffer';
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

/** Reads a body of UTF-8 text. Rejects with a Refusal (413, 400), or with an error when the client goes away. */
export function readBody(request: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    if (declaresTooMuch(request)) return reject(refuseTooLarge(request));
    const chunks: Buffer[] = [];
    let size = 0;
    request.on('data', (chunk: Buffer) => {
      size += chunk.length;
      if (size <= maxBodyBytes) return chunks.push(chunk);
      request.removeAllListeners('data');
      reject(refuseTooLarge(request));
    });
    request.on('end', () => {
      // Most bodies come in one piece, which needs no copy.
      const bytes = chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks, size);
      if (isUtf8(bytes)) resolve(withoutMark(bytes.toString('utf8')));
      else reject(badRequest('The body is not UTF-8 text. Send JSON in UTF-8.'));
    });
    // Also told when the client closes the connection in the middle of its body.
    request.on('error', reject);
  });
}

/** Takes away the byte order mark that some editors put before UTF-8. */
function withoutMark(text: string): string {
  return text.charCodeAt(0) === 0xfeff ? text.slice(1) : text;
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
