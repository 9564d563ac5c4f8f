const statusLine = /^HTTP\/1\.([01]) ([1-5]\d\d)(?: [^\0\r\n]*)?$/;
/** A header of an answer, or a trailer: its name and its value (RFC 9112, 5). */
export const headerLine = /^([!#$%&'*+\-.^_`|~\w]+):[ \t]*([^\0\r\n]*)$/;

/** What is no HTTP/1.1, or none that can be told where it ends. */
export class NotHttp extends Error {}

/** What the gateway reads of an answer's status line and headers. */
export interface Head {
  status: number;
  contentType: string;
  contentEncoding: string;
  /** Bytes of the body; undefined where the end of the connection ends it. */
  length: number | undefined;
  chunked: boolean;
  /** Milliseconds for which the server keeps the connection; 0 where it closes it, Infinity where it does not say. */
  keepAliveMs: number;
}

/** Reads status line and headers, without the empty line after them. Throws NotHttp. */
export function parseHead(text: string): Head {
  const [first = '', ...lines] = text.split('\r\n');
  const [, minor, code] = statusLine.exec(first) ?? [];
  if (code === undefined) throw new NotHttp('the answer does not begin as HTTP/1.1 does');
  const status = Number(code);
  const head: Head = {
    status,
    contentType: '',
    contentEncoding: '',
    length: undefined,
    chunked: false,
    keepAliveMs: minor === '1' ? Infinity : 0,
  };
  for (const line of lines) readHeader(line, head);
  if (head.chunked && (head.length !== undefined || minor === '0')) throw new NotHttp('two lengths of one body');
  if (status < 200 || status === 204 || status === 304) {
    head.length = 0;
    head.chunked = false;
  }
  return head;
}

function readHeader(line: string, head: Head): void {
  const [, name, rest] = headerLine.exec(line) ?? [];
  if (name === undefined) throw new NotHttp('a line of the headers is none');
  const value = rest!.trimEnd();
  switch (name.toLowerCase()) {
    case 'content-type':
      head.contentType = value;
      break;
    case 'content-encoding':
      head.contentEncoding = value.toLowerCase();
      break;
    case 'content-length': {
      const length = /^\d{1,15}$/.test(value) ? Number(value) : NaN;
      if (!(head.length === undefined ? length >= 0 : length === head.length)) throw new NotHttp('a bad length');
      head.length = length;
      break;
    }
    case 'transfer-encoding':
      if (head.chunked || value.toLowerCase() !== 'chunked') throw new NotHttp('an unknown transfer encoding');
      head.chunked = true;
      break;
    case 'connection':
      if (/\bclose\b/i.test(value)) head.keepAliveMs = 0;
      break;
    case 'keep-alive': {
      const seconds = /\btimeout=(\d{1,9})/i.exec(value)?.[1];
      if (seconds !== undefined) head.keepAliveMs = Math.min(head.keepAliveMs, Number(seconds) * 1000);
    }
  }
}
