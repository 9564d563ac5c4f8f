/**
 * Measures Linli beside its peers: npm run bench -- --help.
 * One process for each contender, one for the subgraphs, one for the load; rounds are interleaved, so that whatever
 * else the machine does falls on all contenders alike.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readArguments } from './arguments.mjs';
import { installPeers } from './install.mjs';

const options = readArguments(process.argv.slice(2));
if (!options) process.exit();
installPeers();
const { measureAll } = await import('./measure/measure.mjs');
const { asJson, asMarkdown, resultsFile } = await import('./report.mjs');

const folder = mkdtempSync(join(tmpdir(), 'linli-bench-'));
const say = (text) => process.stderr.write(`${text}\n`);
try {
  const results = await measureAll({ ...options, folder, say });
  if (options.json) console.log(asJson(results));
  else {
    const text = asMarkdown(results);
    console.log(text);
    if (options.write) writeFileSync(resultsFile, text);
  }
} catch (error) {
  say(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
