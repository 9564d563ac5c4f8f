import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { expect, test } from '@jest/globals';

const root = fileURLToPath(new URL('../..', import.meta.url));
const codegen = fileURLToPath(new URL('../../node_modules/.bin/graphql-codegen', import.meta.url));

test('the types generated from the contracts are fresh', async () => {
  const check = promisify(execFile)(process.execPath, [codegen, '--config', 'codegen.yml', '--check'], { cwd: root });
  await expect(check).resolves.toBeDefined();
}, 120_000);
