import { writeHeapSnapshot } from 'node:v8';
import { startGateway } from '../../../dist/gateway.js';

/** A gateway in a process of its own, so that everything in its memory is its own: told "snapshot", it writes that down. */
const gateway = await startGateway({
  ...JSON.parse(process.argv[2]),
  port: 0,
  watch: false,
  log: () => undefined,
});
process.on('message', (file) => {
  // What was read last, and by which pattern, is kept by the language itself until something else is.
  /nothing/.exec('nothing');
  writeHeapSnapshot(file);
  process.send('written');
});
process.send(gateway.url);
