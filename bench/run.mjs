/**
 * Measures Linli beside its peers, or what its policies cost: npm run bench -- --help.
 * One process for each contender, one for the subgraphs, one for the load; rounds are interleaved, so that whatever
 * else the machine does falls on all contenders alike.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './arguments.mjs';
import { installPeers } from './install.mjs';

const options = readArguments(process.argv.slice(2));
if (!options) process.exit();
installPeers();
const { measurePolicy } = await import('./measure/policy.mjs');
const { measureAll } = await import('./measure/measure.mjs');
const beside = await import('./report.mjs');
const ofPolicy = await import('./report-policy.mjs');
const { writeResults } = await import('./results.mjs');

const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
const say = (text) => process.stderr.write(`${text}\n`);
try {
  const { asJson, asMarkdown } = options.policy ? ofPolicy : beside;
  const results = await (options.policy ? measurePolicy : measureAll)({ ...options, folder, say });
  if (options.json) console.log(asJson(results));
  else {
    const text = asMarkdown(results);
    console.log(text);
    if (options.write) writeResults(text, options.policy);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
