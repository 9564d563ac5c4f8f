import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { readPolicyTexts } from '@linli/gateway/policy/cedar/policies';
import type { PolicyTexts } from '@linli/gateway/policy/cedar/read';
import { policiesMissing } from '../errors.js';

/**
 * The policy files of a folder, or of a folder as a git commit has it.
 *
 * @param source a folder, or `REF:FOLDER` with the folder relative to the current one, or `REF` for `schema/policies`
 */
export function policyTextsOf(source: string): PolicyTexts {
  if (existsSync(source)) return readPolicyTexts(source);
  const [ref = '', folder = 'schema/policies'] = source.split(/:(.*)/s);
  try {
    const names = git('ls-tree', '--name-only', `${ref}:./${folder}`)
      .split('\n')
      .filter((name) => name.endsWith('.cedar'));
    return Object.fromEntries(names.map((name) => [name, git('show', `${ref}:./${folder}/${name}`)]));
  } catch (cause) {
    throw policiesMissing(source, { cause });
  }
}

function git(...words: string[]): string {
  return execFileSync('git', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
}
