import { readFileSync } from 'node:fs';
import type { Answer } from './contenders.js';

/** A row of DIFFERENCES.md. */
export interface Difference {
  readonly world: string;
  readonly fields: readonly string[];
  /** Part of the error's message. */
  readonly error: string;
  /** The largest part of the world's answers that it may explain, from 0 to 1. */
  readonly share: number;
}

/** The table of what is known to differ. */
export function readDifferences(): readonly Difference[] {
  const text = readFileSync(new URL('./DIFFERENCES.md', import.meta.url), 'utf8');
  const rows = text.split('\n').filter((line) => line.startsWith('|'));
  return rows.slice(2).map((row) => {
    const [world = '', fields = '', error = '', share = ''] = row
      .split('|')
      .slice(1)
      .map((cell) => cell.trim());
    const names = Array.from(fields.matchAll(/`(\w+)`/g), ([, name]) => name!);
    return { world, fields: names, error: error.replace(/^`|`$/g, ''), share: Number.parseFloat(share) / 100 };
  });
}

/** True where a row says why an operation was refused. */
export function explains({ world, fields, error }: Difference, name: string, query: string, answer: Answer): boolean {
  return (
    world === name &&
    answer.refused === true &&
    answer.errors.some(({ message }) => message.includes(error)) &&
    fields.some((field) => new RegExp(`\\b${field}\\b`).test(query))
  );
}
