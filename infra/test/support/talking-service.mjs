/**
 * A service that takes events as departments do: NAMES are those that it wants. It answers `/seen` with the keys of what
 * it handled, `/publish?key=K` by publishing an event and telling how that went. An event of key `fails` it cannot handle.
 */
import { createServer } from 'node:http';

const { PORT, HOST, NAMES = '', DEPARTMENT } = process.env;
const seen = [];
const waiting = new Map();
let published = 0;

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.on('message', (message) => {
  if (message.type === 'published') waiting.get(message.id)?.(message.error ?? 'published');
  if (message.type !== 'deliver') return;
  if (message.event.key === 'fails') return process.send({ type: 'delivered', id: message.id, error: 'cannot' });
  seen.push(message.event.key);
  process.send({ type: 'delivered', id: message.id });
});

createServer(async (request, response) => {
  const { pathname, searchParams } = new URL(request.url, 'http://localhost');
  if (pathname === '/seen') return response.end(JSON.stringify(seen));
  const id = `${DEPARTMENT}:${published++}`;
  const answer = new Promise((resolve) => waiting.set(id, resolve));
  process.send({
    type: 'publish',
    id,
    event: { id, department: DEPARTMENT, type: 'Said', key: searchParams.get('key') },
  });
  response.end(JSON.stringify(await answer));
}).listen(Number(PORT), HOST, () => {
  process.send({ type: 'subscribe', department: DEPARTMENT, names: NAMES.split(',') });
  process.send({ type: 'ready', url: `http://${HOST}:${PORT}` });
});
