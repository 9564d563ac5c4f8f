import { StartError } from '../errors.js';
import type { Log } from '../telemetry/log.js';
import { postgresStore } from './postgres-store.js';
import { defaultRecorderLimits, GroupRecorder, type Recorder } from './recorder.js';

/**
 * The recorder that settings name: by the URL of its database, or itself; undefined where they name none.
 *
 * @throws StartError where they name none and NODE_ENV is `production`
 */
export function openRecorder(setting: string | Recorder | undefined, log: Log): Recorder | undefined {
  if (setting === undefined && process.env['NODE_ENV'] === 'production') {
    throw new StartError(
      'Nothing records to whom personal data is disclosed, which is refused with NODE_ENV=production. Set LINLI_DISCLOSURES_URL, or "disclosures" where the gateway is embedded.',
    );
  }
  if (typeof setting !== 'string') return setting;
  return new GroupRecorder(postgresStore(setting, defaultRecorderLimits.writeMs), log);
}
