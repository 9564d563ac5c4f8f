import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { policyHeading } from './report-policy.mjs';

const file = new URL('RESULTS.md', import.meta.url);

/** Writes one part of RESULTS.md, the gateways or the policy, and leaves the other as it is. */
export function writeResults(text, policy) {
  const before = existsSync(file) ? readFileSync(file, 'utf8') : '';
  const at = before.indexOf(policyHeading);
  const gateways = policy ? before.slice(0, at < 0 ? undefined : at) : `${text}\n`;
  const ofPolicy = policy ? text : at < 0 ? '' : before.slice(at);
  writeFileSync(file, `${`${gateways.trimEnd()}\n\n${ofPolicy}`.trim()}\n`);
}
