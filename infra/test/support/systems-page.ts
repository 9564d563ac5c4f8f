import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** An operation, or what a platform sends, and what its comment says of it (`as`, `purpose`, `sent by`, …). */
export interface Example {
  readonly language: 'graphql' | 'json';
  readonly text: string;
  readonly said: Readonly<Record<string, string>>;
}

export interface Section {
  readonly name: string;
  readonly examples: readonly Example[];
}

export interface Row {
  readonly name: string;
  readonly anchor: string;
  /** Types that the second column names. */
  readonly types: readonly string[];
  /** Sections (`6.1`), tasks (`任务31`) and indicators (`指标12`) of the plan. */
  readonly plan: readonly string[];
}

const page = readFileSync(fileURLToPath(new URL('../../../docs/systems.md', import.meta.url)), 'utf8');

/** Rows of the page's table. */
export const rows: readonly Row[] = [
  ...page.matchAll(/^\| \[([^\]]+)\]\(#([^)]+)\) *\|([^|]*)\|([^|]*)\|[^|]*\|$/gm),
].map(([, name, anchor, where, plan]) => ({
  name: name!,
  anchor: anchor!,
  types: [...where!.matchAll(/`(\w+)`/g)].map(([, type]) => type!),
  plan: plan!.trim().split(', '),
}));

/** The page's sections, each with its examples in their order. */
export const sections: readonly Section[] = page
  .split(/^## /m)
  .slice(1)
  .map((text) => ({
    name: text.split('\n', 1)[0]!,
    examples: [...text.matchAll(/^(?:<!-- (.*?) -->\n+)?```(graphql|json)\n(.*?)^```$/gms)].map(
      ([, comment = '', language, body]) => ({
        language: language as Example['language'],
        text: body!,
        said: Object.fromEntries(
          comment
            .split('; ')
            .filter(Boolean)
            .map((part) => part.split(': ', 2) as [string, string]),
        ),
      }),
    ),
  }));
