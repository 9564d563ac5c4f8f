import './short-lived.js';
import type { Policies } from '@linli/gateway/policy/cedar/policies';
import { openPolicies } from '@linli/gateway/policy/cedar/policies';
import type { PolicyTexts } from '@linli/gateway/policy/cedar/read';
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
  /** Whether Cedar answers about every policy at once, as it does before a gateway serves. */
  readonly prepared?: boolean;
}

/** What can be asked about without any policy. */
export interface Graph {
  readonly supergraph: Supergraph;
}

/** The graph and the policies over it: what every `linli policy` command works on. */
export interface Ground extends Graph {
  readonly policies: Policies;
}

/** Loads both. Throws a StartError that lists everything that is wrong with the policies. */
export async function openGround({ policies = policyFolder, prepared, ...options }: GroundOptions): Promise<Ground> {
  const texts = policyTextsOf(policies);
  return groundOn(await openGraph(options), texts, prepared);
}

/** Loads a supergraph alone, for what needs no policies or not yet. Throws a StartError. */
export async function openGraph({ supergraph = supergraphFile }: GroundOptions = {}): Promise<Graph> {
  return { supergraph: await loadSupergraph(supergraph, {}) };
}

/** Validates policies over a graph. Throws as `openGround` does. */
export function groundOn({ supergraph }: Graph, texts: PolicyTexts, prepared = false): Ground {
  return { supergraph, policies: openPolicies(supergraph.classification, texts, { prepared }) };
}
