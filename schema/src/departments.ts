/**
 * The departments that publish a subgraph, by the name used in files, databases, URLs and the supergraph; `connectors`
 * publishes what the hub exchanges with platforms outside of it, `governance` to whom it disclosed whose personal data.
 */
export const departments = [
  'civil-affairs',
  'health',
  'housing',
  'public-security',
  'education',
  'connectors',
  'governance',
] as const;

export type Department = (typeof departments)[number];

/** What users are shown for each department. */
export const departmentTitles: Readonly<Record<Department, string>> = {
  'civil-affairs': '民政',
  health: '卫健',
  housing: '住建',
  'public-security': '公安',
  education: '教育',
  connectors: '互联平台',
  governance: '治理',
};
