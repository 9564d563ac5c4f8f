/** Rows of personal data that one answer may hold, by role; a subject with several roles has the largest. */
export type BulkLimits = Readonly<Record<string, number>> & { readonly default: number };

export const defaultBulkLimits: BulkLimits = {
  default: 50,
  'social-worker': 200,
  'family-doctor': 200,
  'grid-worker': 200,
  'community-worker': 200,
  'community-police': 200,
  'property-manager': 100,
  teacher: 100,
};

/** The rows of personal data that one answer to somebody of these roles may hold. */
export function bulkLimit(roles: readonly string[], limits: BulkLimits): number {
  const known = roles.flatMap((role) => limits[role] ?? []);
  return known.length ? Math.max(...known) : limits.default;
}
