import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { TestHub } from '../support/hub.js';
import { startTestHub } from '../support/hub.js';
import type { Service } from '../support/service.js';
import { settingsFor, startService } from '../support/service.js';
import { WebSocket } from 'ws';

let hub: TestHub;
let service: Service;
beforeAll(async () => {
  hub = await startTestHub();
  service = startService({
    ...settingsFor(hub),
    LINLI_STREAMS: '2',
    LINLI_STREAM_MESSAGE_BYTES: '200',
    LINLI_STREAM_INIT_MS: '100',
  });
});
afterAll(async () => {
  service.child.kill('SIGTERM');
  await service.exit;
  await hub.close();
});

async function open(): Promise<{ socket: WebSocket; opened: Promise<boolean>; closed: Promise<number> }> {
  const { url } = await service.ready;
  const socket = new WebSocket(`${url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
  const opened = new Promise<boolean>((resolve) => {
    socket.on('open', () => resolve(true));
    socket.on('error', () => resolve(false));
  });
  const closed = new Promise<number>((resolve) => socket.on('close', resolve));
  return { socket, opened, closed };
}

test('streams of events cost what the settings of the process allow', async () => {
  const mute = await open();
  expect(await mute.closed).toBe(4408);

  const long = await open();
  expect(await long.opened).toBe(true);
  long.socket.send(JSON.stringify({ type: 'connection_init', payload: { note: 'x'.repeat(200) } }));
  expect(await long.closed).toBe(1009);

  const known = async () => {
    const connection = await open();
    expect(await connection.opened).toBe(true);
    const heard = new Promise((resolve) => connection.socket.once('message', resolve));
    connection.socket.send('{"type":"connection_init"}');
    await heard;
    return connection;
  };
  const two = [await known(), await known()];
  const third = await open();
  expect(await third.opened).toBe(false);
  for (const { socket, closed } of two) {
    socket.close();
    await closed;
  }
});
