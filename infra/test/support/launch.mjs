/**
 * Runs a real launcher over the small services beside this file. PROGRAMS, a JSON object, names another program for
 * some of them.
 */
import { fileURLToPath } from 'node:url';
import { runHub } from '../../dist/launcher/run.js';
import { readSettings } from '../../dist/launcher/settings.js';

const other = JSON.parse(process.env.PROGRAMS ?? '{}');
const programs = (service) => fileURLToPath(new URL(other[service] ?? 'service.mjs', import.meta.url));

try {
  await runHub(readSettings(process.env), programs);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
