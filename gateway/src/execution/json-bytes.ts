import { Buffer } from 'node:buffer';

const firstSize = 65_536;
/** More than this is not kept for the next text. */
const keptSize = 1_048_576;
/** Bytes that are free wherever generated code writes a constant, a number or a bracket. */
const headroom = 512;
/** Constants that generated code may write into the headroom. */
export const maxConstant = headroom / 2;
/** Longer texts are written faster by a call of Node than character by character. */
const longText = 64;

const [quote, backslash, minus, zero] = [34, 92, 45, 48];

// Control characters are just what it looks for.
// eslint-disable-next-line no-control-regex
const special = /[\u0000-\u001f"\\\ud800-\udfff]/;

/**
 * JSON text while it is written, as the bytes that leave: no strings are joined that would be joined again, and encoded
 * at the end. A place in the bytes is a number that whoever writes hands on; to give up what was written is to go on from
 * an earlier place.
 *
 * Between two calls generated code writes `bytes` and `view` itself, at places up to `limit` and a little beyond.
 */
export class JsonBytes {
  bytes: Buffer = Buffer.allocUnsafeSlow(firstSize);
  /** The same bytes, for writing eight of them at once. */
  view: DataView = new DataView(this.bytes.buffer);
  /** Places up to here have headroom after them. */
  limit = firstSize - headroom;

  /** Makes room for `more` bytes at a place, and for headroom after them. */
  grow(at: number, more = 0): void {
    const before = this.bytes;
    this.#keep(Buffer.allocUnsafeSlow(Math.max(before.length * 2, at + more + 2 * headroom)));
    before.copy(this.bytes, 0, 0, at);
  }

  /** Writes text as it is. */
  raw(text: string, at: number): number {
    if (at + 3 * text.length > this.limit) this.grow(at, 3 * text.length);
    return at + this.bytes.write(text, at, 'utf8');
  }

  /** Writes text as a JSON string. Most texts need no escape, and those that do are seen on the way. */
  string(text: string, at: number): number {
    const { length } = text;
    if (length > longText) return this.#longString(text, at);
    if (at + 3 * length > this.limit) this.grow(at, 3 * length);
    const { bytes } = this;
    let to = at;
    bytes[to++] = quote;
    for (let i = 0; i < length; i++) {
      const code = text.charCodeAt(i);
      if (code < 0x80) {
        if (code < 32 || code === quote || code === backslash) return this.raw(JSON.stringify(text), at);
        bytes[to++] = code;
      } else if (code < 0x800) {
        bytes[to++] = 0xc0 | (code >> 6);
        bytes[to++] = 0x80 | (code & 0x3f);
      } else if (code >= 0xd800 && code <= 0xdfff) {
        return this.raw(JSON.stringify(text), at);
      } else {
        bytes[to++] = 0xe0 | (code >> 12);
        bytes[to++] = 0x80 | ((code >> 6) & 0x3f);
        bytes[to++] = 0x80 | (code & 0x3f);
      }
    }
    bytes[to++] = quote;
    return to;
  }

  #longString(text: string, at: number): number {
    if (special.test(text)) return this.raw(JSON.stringify(text), at);
    if (at + 3 * text.length > this.limit) this.grow(at, 3 * text.length);
    const { bytes } = this;
    bytes[at] = quote;
    const end = at + 1 + bytes.write(text, at + 1, 'utf8');
    bytes[end] = quote;
    return end + 1;
  }

  /** Writes an integer of 32 bits. */
  int(value: number, at: number): number {
    if (at > this.limit) this.grow(at);
    const { bytes } = this;
    let to = at;
    let rest = value;
    if (rest < 0) {
      bytes[to++] = minus;
      rest = -rest;
    }
    let digits = 1;
    for (let power = 10; digits < 10 && rest >= power; power *= 10) digits++;
    const end = to + digits;
    for (to = end - 1; rest >= 10; to--) {
      const tenth = Math.floor(rest / 10);
      bytes[to] = zero + (rest - tenth * 10);
      rest = tenth;
    }
    bytes[to] = zero + rest;
    return end;
  }

  /** Writes a finite number. */
  number(value: number, at: number): number {
    if ((value | 0) === value) return this.int(value, at);
    if (at > this.limit) this.grow(at);
    const text = `${value}`;
    const { bytes } = this;
    for (let i = 0; i < text.length; i++) bytes[at + i] = text.charCodeAt(i);
    return at + text.length;
  }

  /** The bytes up to a place, which nobody writes any more. */
  take(end: number): Buffer {
    if (this.bytes.length > keptSize) {
      const whole = this.bytes.subarray(0, end);
      this.#keep(Buffer.allocUnsafeSlow(firstSize));
      return whole;
    }
    const taken = Buffer.allocUnsafe(end);
    this.bytes.copy(taken, 0, 0, end);
    return taken;
  }

  #keep(bytes: Buffer): void {
    this.bytes = bytes;
    this.view = new DataView(bytes.buffer);
    this.limit = bytes.length - headroom;
  }
}
