import { Agent, request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import type { MalformedRequest } from './request.js';

export interface MalformedAnswer {
  status: number;
  headers: Record<string, string | string[] | undefined>;
  text: string;
}

/** Sends a request as it is, however wrong. */
export function sendMalformed(baseUrl: string, request: MalformedRequest): Promise<MalformedAnswer> {
  return request.raw === undefined ? send(baseUrl, request) : sendRaw(baseUrl, request.raw);
}

function send(baseUrl: string, request: MalformedRequest): Promise<MalformedAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    const { method, path, headers, body } = request;
    const length = body === undefined || request.chunked ? {} : { 'content-length': String(Buffer.byteLength(body)) };
    const outgoing = httpRequest(
      { hostname, port, method, path, headers: { ...headers, ...length }, agent: new Agent({ keepAlive: false }) },
      (response) => {
        let text = '';
        response.setEncoding('utf8');
        response.on('data', (chunk: string) => (text += chunk));
        response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
        response.on('error', reject);
      },
    );
    outgoing.on('error', reject);
    if (!request.chunked || body === undefined) return outgoing.end(body);
    const bytes = Buffer.from(body);
    for (let at = 0; at < bytes.length; at += 65_536) outgoing.write(bytes.subarray(at, at + 65_536));
    return outgoing.end();
  });
}

function sendRaw(baseUrl: string, raw: string): Promise<MalformedAnswer> {
  const { hostname, port } = new URL(baseUrl);
  return new Promise((resolve, reject) => {
    let text = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(raw, 'latin1'));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => (text += chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      const [head = '', body = ''] = text.split('\r\n\r\n');
      const [line = '', ...fields] = head.split('\r\n');
      const headers = Object.fromEntries(fields.map((field) => field.toLowerCase().split(': ') as [string, string]));
      resolve({ status: Number(line.split(' ')[1]), headers, text: body });
    });
  });
}
