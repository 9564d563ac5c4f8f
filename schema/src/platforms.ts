import { departments, departmentTitles } from './departments.js';

/**
 * Systems outside of the hub whose REST API is joined as a subgraph, by the name used in files, URLs and the supergraph.
 * `schema/platforms/NAME.openapi.json` describes the system, `NAME.overlay.json` what the hub makes of it.
 */
export const platforms = ['smart-property'] as const;

export type Platform = (typeof platforms)[number];

/** What users are shown for each platform. */
export const platformTitles: Readonly<Record<Platform, string>> = {
  'smart-property': '智慧物业',
};

/** Whatever publishes a part of the graph. */
export const subgraphs = [...departments, ...platforms] as const;

export type SubgraphName = (typeof subgraphs)[number];

/** What users are shown for each subgraph. */
export const subgraphTitles: Readonly<Record<SubgraphName, string>> = { ...departmentTitles, ...platformTitles };
