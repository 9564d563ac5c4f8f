import { createRequire } from 'node:module';
import { relative } from 'node:path';

// Jest's own, of the version that runs: what it sorts by size and by how long tests took last is kept.
const { default: Sequencer } = createRequire(createRequire(import.meta.url).resolve('jest'))('@jest/test-sequencer');

/** Files that take minutes, the longest first. */
const longest = [
  'gateway/test/differential/differential.test.ts',
  'subgraphs/civil-affairs/test/scope.test.ts',
  'cli/test/policy/commands.test.ts',
  'gateway/test/policy/oracle.test.ts',
  'subgraphs/public-security/test/scope.test.ts',
  'subgraphs/kit/test/database/indexes.test.ts',
  'infra/test/hub/direct-calls.test.ts',
  'infra/test/hub/lifecycle.test.ts',
];

/** Begins with what takes longest: begun last, it would be waited for with the other workers idle. */
export default class LongestFirst extends Sequencer {
  async sort(tests) {
    const sorted = await super.sort(tests);
    const place = ({ path, context }) => {
      const found = longest.indexOf(relative(context.config.rootDir, path));
      return found < 0 ? longest.length : found;
    };
    return [...sorted].sort((a, b) => place(a) - place(b));
  }
}
