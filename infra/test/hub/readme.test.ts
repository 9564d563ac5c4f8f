import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from '@jest/globals';
import { ask, linli } from '../support/test-hub.js';

const page = readFileSync(fileURLToPath(new URL('../../../README.md', import.meta.url)), 'utf8');

interface Example {
  query: string;
  user: string | undefined;
  answer: unknown;
}

/** A query, alone or in a curl command, perhaps with a user's token, and the answer that the page shows below it. */
const examples = [...page.matchAll(/^```(sh|graphql)\n((?:(?!^```).)*?)^```\n+^```json\n(.*?)^```$/gms)].map(
  ([, language, asked, answer]): Example => ({
    query: language === 'graphql' ? asked! : (JSON.parse(/-d '(.*)'/.exec(asked!)![1]!) as { query: string }).query,
    user: /npm run -s token -- (\S+)\)/.exec(asked!)?.[1],
    answer: JSON.parse(answer!),
  }),
);

test('the first page has examples without and with a token', () => {
  expect(examples.map(({ user }) => user)).toEqual([undefined, undefined, 'resident']);
});

test.each(examples)('the first page tells the truth about $query', async ({ query, user, answer }) => {
  const token = user && (await linli(['token', user])).trim();
  expect(await ask(query, token)).toEqual({ status: 200, ...(answer as object) });
});
