import { sha256 } from './operation/manifest.js';
import { readPolicyTexts } from './policy/cedar/policies.js';
import type { PolicyTexts } from './policy/cedar/read.js';
import { readSupergraph } from './supergraph/load.js';

/** Everything a graph is made of: the composed supergraph, and the policies that decide over it. */
export interface GraphTexts {
  /** SHA-256 of all of it, hex; without policies that of the supergraph. */
  readonly hash: string;
  readonly supergraph: string;
  /** Undefined where nothing is decided. */
  readonly policies: PolicyTexts | undefined;
}

/**
 * Reads a supergraph file and the policies of a folder as they are now. Rejects with a StartError where they cannot be
 * read.
 */
export async function readTexts(file: string, folder: string | undefined): Promise<GraphTexts> {
  const supergraph = await readSupergraph(file);
  if (folder === undefined) return { hash: sha256(supergraph), supergraph, policies: undefined };
  const policies = readPolicyTexts(folder);
  return { hash: sha256(JSON.stringify([supergraph, policies])), supergraph, policies };
}
