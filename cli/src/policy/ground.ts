import type { Policies } from '@linli/gateway/policy/cedar/policies';
import { openPolicies } from '@linli/gateway/policy/cedar/policies';
import type { Supergraph } from '@linli/gateway/supergraph/load';
import { loadSupergraph } from '@linli/gateway/supergraph/load';
import { schemaFile, supergraphFile } from '@linli/schema/files';
import { policyTextsOf } from './source.js';

/** The committed policies. */
export const policyFolder = schemaFile('policies');

export interface GroundOptions {
  /** Folder of policies, or `REF:FOLDER` of a git repository. */
  readonly policies?: string;
  readonly supergraph?: string;
}

/** The graph and the policies over it: what every `linli policy` command works on. */
export interface Ground {
  readonly supergraph: Supergraph;
  readonly policies: Policies;
}

/** Loads both. Throws a StartError that lists everything that is wrong with the policies. */
export async function openGround({ policies = policyFolder, supergraph }: GroundOptions): Promise<Ground> {
  const graph = await loadSupergraph(supergraph ?? supergraphFile, {});
  return { supergraph: graph, policies: openPolicies(graph.classification, policyTextsOf(policies)) };
}
