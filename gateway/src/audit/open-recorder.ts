import type { Log } from '../telemetry/log.js';
import { postgresStore } from './postgres-store.js';
import { defaultRecorderLimits, GroupRecorder, type Recorder } from './recorder.js';

/** The recorder that settings name: by the URL of its database, or itself; undefined where they name none. */
export function openRecorder(setting: string | Recorder | undefined, log: Log): Recorder | undefined {
  if (typeof setting !== 'string') return setting;
  return new GroupRecorder(postgresStore(setting, defaultRecorderLimits.writeMs), log);
}
