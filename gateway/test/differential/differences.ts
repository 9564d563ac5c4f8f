import type { Answer } from './contenders.js';

export function explanation(_universe: string, _query: string, _expected: Answer, _answer: Answer): string | undefined {
  return undefined;
}
