import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { jest } from '@jest/globals';
import { run } from '../src/run.js';

export interface Ran {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

const program = fileURLToPath(new URL('../dist/main.js', import.meta.url));

/** Runs the built program in a process of its own, at the root of the repository. */
export function apart(words: readonly string[], env: Readonly<Record<string, string>> = {}): Promise<Ran> {
  return new Promise((resolve) => {
    const cwd = fileURLToPath(new URL('../..', import.meta.url));
    const options = { cwd, env: { PATH: process.env['PATH'], ...env }, maxBuffer: 1e8 };
    execFile(process.execPath, [program, ...words], options, (error, out, err) => {
      resolve({ code: error ? Number(error.code) : 0, out, err });
    });
  });
}

/**
 * Runs the program as `main` does, here, and collects what it prints: for commands that only read, and of which a process
 * of their own would prove nothing more. One at a time.
 */
export async function here(...words: readonly string[]): Promise<Ran> {
  const printed = { out: '', err: '' };
  const print = (stream: keyof typeof printed) => (text: unknown) => {
    printed[stream] += String(text);
    return true;
  };
  const line = (stream: keyof typeof printed) => (text: unknown) => void print(stream)(`${String(text)}\n`);
  const spies = [
    jest.spyOn(process.stdout, 'write').mockImplementation(print('out')),
    jest.spyOn(process.stderr, 'write').mockImplementation(print('err')),
    jest.spyOn(console, 'log').mockImplementation(line('out')),
    jest.spyOn(console, 'error').mockImplementation(line('err')),
  ];
  try {
    const code = await run(words);
    return { code, ...printed };
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
}
