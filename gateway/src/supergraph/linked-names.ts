import type { ConstDirectiveNode, ConstValueNode, DocumentNode } from 'graphql';
import { Kind } from 'graphql';

/** Where the directives that this hub understands are specified, without a version. */
export const specifications = {
  authenticated: 'https://specs.apollo.dev/authenticated',
  classified: 'https://linli.example/classified',
  context: 'https://specs.apollo.dev/context',
  federation: 'https://specs.apollo.dev/federation',
  inaccessible: 'https://specs.apollo.dev/inaccessible',
  join: 'https://specs.apollo.dev/join',
  policy: 'https://specs.apollo.dev/policy',
  requiresScopes: 'https://specs.apollo.dev/requiresScopes',
} as const;

type Specification = keyof typeof specifications;

interface Link {
  readonly url: string;
  readonly namespace: string;
  /** Names as specified, `@` included, to names as used in the document. */
  readonly imports: ReadonlyMap<string, string>;
}

/**
 * By which names a document knows what it links (https://specs.apollo.dev/link/v1.0): a contract may import a directive
 * under another name or call a whole specification otherwise, and what the directive protects must not depend on that.
 */
export class LinkedNames {
  readonly #links: readonly Link[];

  constructor(document: DocumentNode) {
    this.#links = document.definitions
      .filter((each) => each.kind === Kind.SCHEMA_DEFINITION || each.kind === Kind.SCHEMA_EXTENSION)
      .flatMap(({ directives = [] }) => directives.flatMap((directive) => readLink(directive) ?? []));
  }

  /**
   * Every name under which the document may use a specified directive, without its `@`; the specified name, as
   * it is and prefixed, where the document links no such specification.
   */
  directive(name: string, ...specified: readonly Specification[]): ReadonlySet<string> {
    const names = new Set<string>();
    for (const { url, namespace, imports } of this.#links) {
      for (const specification of specified) {
        if (url !== specifications[specification]) continue;
        const imported = imports.get(`@${name}`);
        if (imported !== undefined) names.add(imported.slice(1));
        if (url.endsWith(`/${name}`)) names.add(namespace);
        names.add(`${namespace}__${name}`);
      }
    }
    if (names.size > 0) return names;
    return new Set([name, ...specified.map((specification) => `${specification}__${name}`)]);
  }

  /** The prefix of what is specified and not imported: `join` of `join__Graph`. */
  namespace(specified: Specification): string {
    const link = this.#links.find(({ url }) => url === specifications[specified]);
    return link?.namespace ?? specified;
  }
}

/** A directive's argument, where it has one of this name. */
export function argumentOf(directive: ConstDirectiveNode, name: string): ConstValueNode | undefined {
  return directive.arguments?.find((argument) => argument.name.value === name)?.value;
}

function readLink(directive: ConstDirectiveNode): Link | undefined {
  const url = textOf(argumentOf(directive, 'url'));
  const [, identity, name] = /^(.+\/([^/]+))\/v\d+\.\d+\/?$/.exec(url ?? '') ?? [];
  if (identity === undefined || name === undefined) return undefined;
  const imports = argumentOf(directive, 'import');
  const entries = imports?.kind === Kind.LIST ? imports.values.flatMap(readImport) : [];
  return { url: identity, namespace: textOf(argumentOf(directive, 'as')) ?? name, imports: new Map(entries) };
}

/** `"@key"`, or `{ name: "@key", as: "@identity" }`. */
function readImport(value: ConstValueNode): (readonly [string, string])[] {
  if (value.kind === Kind.STRING) return [[value.value, value.value]];
  if (value.kind !== Kind.OBJECT) return [];
  const member = (wanted: string) => textOf(value.fields.find(({ name }) => name.value === wanted)?.value);
  const name = member('name');
  return name === undefined ? [] : [[name, member('as') ?? name]];
}

function textOf(value: ConstValueNode | undefined): string | undefined {
  return value?.kind === Kind.STRING ? value.value : undefined;
}
