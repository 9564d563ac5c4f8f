import { StartError } from './errors.js';
import type { Log } from './telemetry/log.js';

/** Warns of a gateway without identity and policy. Throws a StartError where NODE_ENV is `production`. */
export function allowInsecure(log: Log): void {
  if (process.env['NODE_ENV'] === 'production') {
    throw new StartError(
      'A gateway without identity and policy does not run with NODE_ENV=production. Unset NODE_ENV to develop, or run the hub.',
    );
  }
  log('warn', 'INSECURE: no identity, no policy. Everybody who reaches this gateway reads and changes everything.');
}
