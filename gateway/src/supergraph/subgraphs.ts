import type { DocumentNode } from 'graphql';
import { Kind } from 'graphql';
import type { SubgraphName } from '@linli/schema/platforms';
import { subgraphTitles } from '@linli/schema/platforms';
import { StartError } from '../errors.js';

/** One department or platform behind the gateway. */
export interface Subgraph {
  /** As composed: `health`. */
  readonly name: string;
  /** As shown to people: `卫健`; the name itself for a graph that is neither. */
  readonly title: string;
  readonly url: string;
}

/** The subgraphs a supergraph names in its `join__Graph` enum, with URLs replaced by those of `urls`. */
export function readSubgraphs(supergraph: DocumentNode, urls: Readonly<Record<string, string>>): Subgraph[] {
  const graphs = supergraph.definitions
    .filter((definition) => definition.kind === Kind.ENUM_TYPE_DEFINITION)
    .find(({ name }) => name.value === 'join__Graph');
  return (graphs?.values ?? []).map(({ directives }): Subgraph => {
    const args = directives?.find(({ name }) => name.value === 'join__graph')?.arguments ?? [];
    const argument = (wanted: string) => {
      const value = args.find(({ name }) => name.value === wanted)?.value;
      return value?.kind === Kind.STRING ? value.value : '';
    };
    const name = argument('name');
    const url = urls[name] ?? argument('url');
    if (!/^https?:\/\//.test(url) || !URL.canParse(url)) {
      throw new StartError(
        `Subgraph ${name} has no http URL in the supergraph: set one in LINLI_SUBGRAPH_URLS, as {"${name}": "http://…"}.`,
      );
    }
    return { name, title: subgraphTitles[name as SubgraphName] ?? name, url };
  });
}

/** What is wrong with settings that name subgraphs which a supergraph does not have, in one line; undefined where none does. */
export function unknownNames(
  subgraphs: readonly Subgraph[],
  settings: Readonly<Record<string, Readonly<Record<string, unknown>> | undefined>>,
): string | undefined {
  const known = subgraphs.map(({ name }) => name);
  const problems = Object.entries(settings).flatMap(([setting, named = {}]) => {
    const unknown = Object.keys(named).filter((name) => !known.includes(name));
    return unknown.length ? [`${setting} names ${unknown.join(', ')}`] : [];
  });
  if (!problems.length) return undefined;
  return `${problems.join(' and ')}, which the supergraph does not have. It has ${known.join(', ')}.`;
}
