/**
 * A real service as small as one can be. It keeps the contract of every Linli service: settings from the environment,
 * an answer on its port, a word to its launcher when ready, an end with its launcher or on SIGTERM.
 *
 * BEHAVIOUR: `deaf` ignores SIGTERM, `slow` reports progress and never becomes ready. `/crash` kills it.
 */
import { setInterval } from 'node:timers';
import { createServer } from 'node:http';

const { PORT, HOST, BEHAVIOUR = '' } = process.env;

process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => BEHAVIOUR !== 'deaf' && process.exit(0));

if (BEHAVIOUR === 'slow') {
  process.send({ type: 'progress', text: 'seeding', done: 1, total: 2 });
  setInterval(() => undefined, 1000);
} else {
  const server = createServer((request, response) => {
    if (request.url === '/crash') process.kill(process.pid, 'SIGKILL');
    response.end(JSON.stringify({ pid: process.pid, env: process.env }));
  });
  server.listen(Number(PORT), HOST, () => process.send({ type: 'ready', url: `http://${HOST}:${PORT}` }));
}
