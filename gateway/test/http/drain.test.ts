import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import { settingsFor, startService } from '../support/service.js';

let hub: TestHub;
beforeAll(async () => {
  hub = await startTestHub();
});
afterAll(() => hub.close());

interface Answer {
  status: number | undefined;
  connection: string | undefined;
  text: string;
}

/** Asks over a connection that is kept open. */
function ask(url: string, agent: Agent, path = '/graphql?query=%7Bclinics%7Bname%7D%7D'): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = request(url + path, { agent }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('error', reject);
      response.on('end', () => resolve({ status: response.statusCode, connection: response.headers.connection, text }));
    });
    sent.on('error', reject);
    sent.end();
  });
}

/** Starts a gateway with one request in flight that the department answers when told to. */
async function busyGateway(env: Record<string, string> = {}) {
  const service = startService({ ...settingsFor(hub), ...env });
  const { url } = await service.ready;
  const agent = new Agent({ keepAlive: true });
  let release: () => void = () => undefined;
  const seen = new Promise<void>((arrived) => {
    hub.health.fault = (_, response) => {
      release = () => response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"clinics":[]}}');
      arrived();
    };
  });
  const answer = ask(url, agent);
  await seen;
  hub.health.fault = undefined;
  return { ...service, url, agent, answer, release: () => release() };
}

test('a gateway that is told to end takes no more connections, finishes what is in flight, and exits with 0', async () => {
  const { child, url, agent, answer, release, exit, logged } = await busyGateway();
  child.kill('SIGTERM');
  while (!logged().some(({ msg }) => msg === 'stopping')) await new Promise((resolve) => setTimeout(resolve, 10));
  await expect(ask(url, new Agent(), '/health')).rejects.toThrow('ECONNREFUSED');
  release();
  expect(await answer).toEqual({ status: 200, connection: 'close', text: '{"data":{"clinics":[]}}' });
  expect((await exit).code).toBe(0);
  agent.destroy();
});

test('what is not finished in time is cut off, and the exit code is 0 all the same', async () => {
  const { child, agent, answer, exit } = await busyGateway({ LINLI_DRAIN_MS: '200' });
  child.kill('SIGTERM');
  await expect(answer).rejects.toThrow('socket hang up');
  expect((await exit).code).toBe(0);
  agent.destroy();
});

test('a second signal changes nothing', async () => {
  const { child, agent, answer, release, exit, logged } = await busyGateway();
  child.kill('SIGTERM');
  while (!logged().some(({ msg }) => msg === 'stopping')) await new Promise((resolve) => setTimeout(resolve, 10));
  child.kill('SIGINT');
  child.kill('SIGTERM');
  release();
  expect((await answer).status).toBe(200);
  const { code, lines } = await exit;
  expect(code).toBe(0);
  expect(lines.filter(({ msg }) => msg === 'stopping')).toHaveLength(1);
  agent.destroy();
});

test('whoever asks for its health on a connection that is still open is told that it ends', async () => {
  const { child, ready, exit, logged } = startService(settingsFor(hub));
  const { port } = new URL((await ready).url);
  const socket = connect(Number(port), '127.0.0.1');
  await new Promise((resolve) => socket.write('GET /health HTTP/1.1\r\nHost: gateway\r\n', resolve));
  // The gateway reads what was sent before it reads the next request on another connection.
  await fetch(`http://127.0.0.1:${port}/health`).then((response) => response.text());
  child.kill('SIGTERM');
  while (!logged().some(({ msg }) => msg === 'stopping')) await new Promise((resolve) => setTimeout(resolve, 10));
  let text = '';
  socket.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const closed = new Promise((resolve) => socket.on('close', resolve));
  socket.write('\r\n');
  await closed;
  expect(text).toMatch(/^HTTP\/1\.1 503 /);
  expect(text).toMatch(/^connection: close\r$/im);
  expect(text).toContain('"status":"stopping"');
  expect((await exit).code).toBe(0);
});
