/** The realm roles that policies speak of; `open-data` is whoever shows no token. Equal to infra/keycloak/realm.json. */
export const roles = [
  'resident',
  'guardian',
  'grid-worker',
  'community-worker',
  'social-worker',
  'family-doctor',
  'property-manager',
  'community-police',
  'teacher',
  'street-supervisor',
  'district-supervisor',
  'city-supervisor',
  'department-data-officer',
  'security-officer',
  'auditor',
  'operator',
  'kiosk',
  'open-data',
] as const;

export type Role = (typeof roles)[number];
