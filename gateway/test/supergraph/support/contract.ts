import { parse } from 'graphql';
import type { Classification } from '../../../src/supergraph/classification.js';
import { readClassification } from '../../../src/supergraph/classification/read.js';
import { compose } from '../../differential/universe.js';

/** By which names a contract imports what protects fields. */
export interface Imports {
  readonly federation?: readonly string[];
  readonly classified?: string;
  readonly scoped?: string;
  readonly uses?: string;
}

/** The head of a contract: what it links, and the directives of the hub under the contract's own names for them. */
export function head({ federation = [], classified = 'classified', scoped = 'scoped', uses = 'uses' }: Imports = {}) {
  const own = { classified, scoped, uses };
  const imports = Object.entries(own).map(([name, as]) => `{ name: "@${name}", as: "@${as}" }`);
  const plain = ['@key', '@shareable', '@external', '@requires', '@provides', '@inaccessible', '@composeDirective'];
  return `
    extend schema
      @link(url: "https://specs.apollo.dev/federation/v2.9", import: [${[...plain.map(quote), ...federation].join(', ')}])
      @link(url: "https://linli.example/classified/v1.0", import: [${imports.join(', ')}])
      ${Object.values(own)
        .map((name) => `@composeDirective(name: "@${name}")`)
        .join(' ')}
    directive @${classified}(level: Level!, sharing: Sharing, mask: Mask, sealed: Boolean) on OBJECT | INTERFACE | FIELD_DEFINITION
    directive @${scoped}(subject: String, community: String, assigned: String, minor: String) repeatable on OBJECT | INTERFACE
    directive @${uses}(fields: [String!]!) on ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION
    enum Level { L1 L2 L3 L4 } enum Sharing { UNCONDITIONAL CONDITIONAL NONE }
    enum Mask { NAME ID_NUMBER PHONE ADDRESS DATE PLATE EMAIL TEXT BAND WITHHOLD KEEP }`;
}

/** What the composed contracts say of their fields' protection; the first is `a`, the next `b`, and so on. */
export function classify(...contracts: readonly string[]): Classification {
  return readClassification(parse(supergraphOf(...contracts)));
}

export function supergraphOf(...contracts: readonly string[]): string {
  const subgraphs = Object.fromEntries(contracts.map((sdl, index) => [String.fromCharCode(97 + index), sdl]));
  return compose({ name: 'contracts', subgraphs });
}

function quote(text: string): string {
  return `"${text}"`;
}
