import { Buffer } from 'node:buffer';
import { NotHttp, headerLine, parseHead, type Head } from './answer-head.js';
import { decodeUtf8 } from './response-text.js';

/** Bytes of status line and headers together, of all interim answers too, and of trailers. */
const maxHead = 16_384;
/** Bytes of a line that says how long a chunk is. */
const maxChunkLine = 4096;

const endOfHead = '\r\n\r\n';
const chunkLine = /^([\da-f]{1,12})[ \t]*(?:;[^\0\r\n]*)?$/i;

/** A whole HTTP answer, as it came over the wire. */
export interface HttpAnswer {
  readonly failure: undefined;
  readonly status: number;
  readonly contentType: string;
  readonly contentEncoding: string;
  /** Text; bytes where they are compressed; undefined where they are not UTF-8. */
  readonly body: string | Buffer | undefined;
}

/** More bytes of a body than are wanted. */
export class TooLarge extends Error {}

/**
 * Reads one answer of HTTP/1.1 (RFC 9112) as its bytes come. Strict where a mild reader would be talked into taking a part
 * of one answer for another one: lengths that disagree, folded headers, line ends of one character.
 */
export class AnswerReader {
  /** Set when the answer is whole. */
  answer: HttpAnswer | undefined;
  /** Whether a byte of it came. */
  begun = false;
  /** Milliseconds for which the connection may wait for the next request. */
  keepAliveMs = 0;
  #head: Head | undefined;
  #headBytes = 0;
  /** Bytes that are not understood without those after them. */
  #rest: Buffer | undefined;
  #parts: Buffer[] | undefined;
  #size = 0;
  /** Bytes that are still to come: of the chunk, or of the body. */
  #left = 0;
  #inChunk = false;
  #trailers = false;

  constructor(readonly maxBytes: number) {}

  /**
   * Reads what came. The bytes may be written over afterwards.
   *
   * @returns whether there are more of them than belong to the answer
   * @throws NotHttp, TooLarge
   */
  read(chunk: Buffer): boolean {
    this.begun = true;
    const bytes = this.#rest ? Buffer.concat([this.#rest, chunk]) : chunk;
    this.#rest = undefined;
    const at = this.#head ? this.#body(bytes, 0, this.#head) : this.#start(bytes, 0);
    const more = at < bytes.length;
    if (more && !this.answer) this.#rest = Buffer.from(bytes.subarray(at));
    return more && this.answer !== undefined;
  }

  /** The connection ended: true where that ends the answer too. */
  end(): boolean {
    const head = this.#head;
    if (this.answer || !head || head.length !== undefined || head.chunked) return false;
    this.#finish(head, this.#whole());
    return true;
  }

  #start(bytes: Buffer, start: number): number {
    const end = bytes.indexOf(endOfHead, start, 'latin1');
    if (end < 0) {
      if (this.#headBytes + bytes.length - start > maxHead) throw new NotHttp('the headers are too long');
      if (!mayBeHttp(bytes, start)) throw new NotHttp('the answer does not begin as HTTP/1.1 does');
      return start;
    }
    const next = end + endOfHead.length;
    this.#headBytes += next - start;
    if (this.#headBytes > maxHead) throw new NotHttp('the headers are too long');
    const head = parseHead(bytes.toString('latin1', start, end));
    if (head.status === 101) throw new NotHttp('the answer changes the protocol unasked');
    // Hints that come before the answer (RFC 9110, 15.2).
    if (head.status < 200) return this.#start(bytes, next);
    this.#head = head;
    if (head.length !== undefined) {
      if (head.length > this.maxBytes) throw new TooLarge(`${head.length} bytes`);
      // Nearly every answer: whole in one piece, and never copied.
      if (bytes.length - next >= head.length) {
        this.#finish(head, bytes.subarray(next, next + head.length));
        return next + head.length;
      }
      this.#left = head.length;
    }
    return this.#body(bytes, next, head);
  }

  #body(bytes: Buffer, start: number, head: Head): number {
    if (head.chunked) return this.#chunks(bytes, start, head);
    const end = head.length === undefined ? bytes.length : Math.min(bytes.length, start + this.#left);
    this.#take(bytes, start, end);
    this.#left -= end - start;
    if (head.length !== undefined && this.#left === 0) this.#finish(head, this.#whole());
    return end;
  }

  #chunks(bytes: Buffer, start: number, head: Head): number {
    let at = start;
    while (!this.answer) {
      if (this.#inChunk) {
        const end = Math.min(bytes.length, at + this.#left);
        this.#take(bytes, at, end);
        this.#left -= end - at;
        at = end;
        if (this.#left > 0 || bytes.length - at < 2) break;
        if (bytes[at] !== 13 || bytes[at + 1] !== 10) throw new NotHttp('a chunk is longer than it says');
        at += 2;
        this.#inChunk = false;
      }
      const end = bytes.indexOf('\r\n', at, 'latin1');
      if ((end < 0 ? bytes.length : end) - at > maxChunkLine) throw new NotHttp('a line of a chunk is too long');
      if (end < 0) break;
      this.#line(bytes.toString('latin1', at, end), head);
      at = end + 2;
    }
    return at;
  }

  /** A line between chunks, or one of the trailers, which nobody reads. */
  #line(line: string, head: Head): void {
    if (this.#trailers) {
      this.#headBytes += line.length;
      if (line === '') this.#finish(head, this.#whole());
      else if (this.#headBytes > maxHead || !headerLine.test(line)) throw new NotHttp('bad trailers');
      return;
    }
    const size = chunkLine.exec(line)?.[1];
    if (size === undefined) throw new NotHttp('a chunk does not say how long it is');
    this.#left = Number.parseInt(size, 16);
    if (this.#size + this.#left > this.maxBytes) throw new TooLarge(`${this.#size + this.#left} bytes and more`);
    if (this.#left === 0) this.#trailers = true;
    else this.#inChunk = true;
  }

  #take(bytes: Buffer, start: number, end: number): void {
    if (end === start) return;
    this.#size += end - start;
    if (this.#size > this.maxBytes) throw new TooLarge(`${this.#size} bytes and more`);
    (this.#parts ??= []).push(Buffer.from(bytes.subarray(start, end)));
  }

  #whole(): Buffer {
    const parts = this.#parts ?? [];
    return parts.length === 1 ? parts[0]! : Buffer.concat(parts, this.#size);
  }

  #finish(head: Head, bytes: Buffer): void {
    const { status, contentType, contentEncoding, keepAliveMs } = head;
    const plain = contentEncoding === '' || contentEncoding === 'identity';
    // Compressed bytes are read later, when the buffer they stand in may hold others.
    const body = plain ? decodeUtf8(bytes) : Buffer.from(bytes);
    this.keepAliveMs = head.length === undefined && !head.chunked ? 0 : keepAliveMs;
    this.answer = { failure: undefined, status, contentType, contentEncoding, body };
  }
}

/** Whether bytes that hold no whole head yet may become one. */
function mayBeHttp(bytes: Buffer, start: number): boolean {
  const begin = bytes.toString('latin1', start, start + 7);
  return 'HTTP/1.'.startsWith(begin);
}
