import { diffPolicies } from '../../policy/diff.js';
import { diffText } from '../../policy/diff-text.js';
import { groundOn, openGraph } from '../../policy/ground.js';
import { policyTextsOf } from '../../policy/source.js';
import type { Language } from '../../policy/words.js';

export interface DiffOptions {
  readonly json?: boolean;
  readonly lang?: Language;
}

/** `linli policy diff`: who sees more and who sees less with one set of policies than with another. */
export async function policyDiff(before: string, after: string, { json, lang = 'zh' }: DiffOptions): Promise<void> {
  const texts = [before, after].map(policyTextsOf);
  const graph = await openGraph();
  const [old, current] = texts.map((each) => groundOn(graph, each));
  const diff = diffPolicies(old!, current!);
  console.log(json ? JSON.stringify(diff, null, 2) : diffText(diff, lang));
}
