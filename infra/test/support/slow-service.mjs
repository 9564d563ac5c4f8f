/** A service that is busy seeding and never becomes ready. */
import { setInterval } from 'node:timers';
process.on('disconnect', () => process.exit(0));
process.on('SIGTERM', () => process.exit(0));
process.send({ type: 'progress', text: 'seeding residents', done: 1000, total: 20000 });
setInterval(() => undefined, 1000);
