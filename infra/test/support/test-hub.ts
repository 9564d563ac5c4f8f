import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { z } from 'zod';

const program = fileURLToPath(new URL('../../../cli/dist/main.js', import.meta.url));

/** The hub that the whole test run shares. */
export const testHub = z
  .object({ url: z.string(), home: z.string(), issuer: z.string() })
  .parse(JSON.parse(process.env['LINLI_TEST_HUB'] ?? 'null'));

export interface Answer {
  readonly status: number;
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

/** Asks a hub as a client would, with or without an access token and headers that declare something. */
export async function ask(
  query: string,
  token?: string,
  url = testHub.url,
  declared: Readonly<Record<string, string>> = {},
): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }), ...declared },
    body: JSON.stringify({ query }),
  });
  return { ...((await response.json()) as Omit<Answer, 'status'>), status: response.status };
}

/** Runs `linli …` against a hub; resolves with what it printed, rejects when it fails. */
export async function linli(args: readonly string[], home = testHub.home): Promise<string> {
  const env = { PATH: process.env['PATH'], LINLI_HOME: home };
  const { stdout } = await promisify(execFile)(process.execPath, [program, ...args], { env });
  return stdout;
}
