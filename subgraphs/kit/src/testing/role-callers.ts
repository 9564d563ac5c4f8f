import { isDeepStrictEqual } from 'node:util';
import type { Role } from '@linli/schema/roles';
import type { Relation, Standing, Subject } from '@linli/schema/subject';
import { demoCommunity } from '../population/places.js';

/** Somebody who asks in a test, and by which relations rows are visible to them, whatever the type. */
export interface RoleCaller {
  readonly subject: Partial<Subject>;
  readonly standing: Standing;
  readonly relations: readonly Relation[];
}

const family = ['demo-resident', 'demo-spouse', 'demo-child', 'demo-toddler', 'demo-elder'];
const alone: Standing = { household: [], wards: [] };
const street = demoCommunity.slice(0, 9);
const district = demoCommunity.slice(0, 6);

/** A member of staff by the post's demo user. */
const staff = (post: string, place: string, ...relations: Relation[]): RoleCaller => ({
  subject: { jurisdiction: [place], staffId: `demo-${post}` },
  standing: alone,
  relations,
});

/** Somebody in charge of places, to whom nothing is assigned. */
const office = (jurisdiction: string[], ...relations: Relation[]): RoleCaller => ({
  subject: { jurisdiction },
  standing: alone,
  relations,
});

/**
 * One caller for each role, around the demo family, related to rows in the ways that the role may be. Which of them a
 * policy lets through does not matter here: a subgraph shows what the gateway lists.
 */
export const roleCallers: Readonly<Record<Role, RoleCaller>> = {
  resident: {
    subject: { residentId: 'demo-resident', jurisdiction: [] },
    standing: { household: family, wards: [] },
    relations: ['self', 'household'],
  },
  guardian: {
    subject: { residentId: 'demo-spouse', jurisdiction: [] },
    standing: { household: family, wards: ['demo-child', 'demo-toddler'] },
    relations: ['self', 'guardian'],
  },
  'grid-worker': staff('grid-worker', demoCommunity, 'assigned', 'community'),
  'community-worker': staff('community-worker', demoCommunity, 'assigned', 'community'),
  'social-worker': staff('social-worker', street, 'assigned'),
  'family-doctor': staff('family-doctor', demoCommunity, 'assigned'),
  'property-manager': staff('property-manager', demoCommunity, 'assigned'),
  'community-police': staff('community-police', demoCommunity, 'assigned', 'community'),
  teacher: staff('teacher', demoCommunity, 'assigned'),
  'street-supervisor': office([street], 'street'),
  'district-supervisor': office([district, '440304'], 'district'),
  'city-supervisor': office(['4403', '4415'], 'city'),
  // Of a community of its own only what is visible by that relation; the rest of the city as such is not.
  'department-data-officer': office(['4403', demoCommunity], 'community'),
  'security-officer': office(['4403']),
  auditor: office(['4403']),
  operator: office([]),
  kiosk: office([]),
  'open-data': { subject: { jurisdiction: [] }, standing: alone, relations: ['self', 'household', 'assigned', 'city'] },
};

/** The same, each once, by the roles that ask as this very caller: `['security-officer, auditor', …]`. */
export const distinctCallers: readonly (readonly [string, RoleCaller])[] = Object.entries(roleCallers).reduce<
  [string, RoleCaller][]
>((callers, [role, caller]) => {
  const same = callers.find(([, other]) => isDeepStrictEqual(other, caller));
  if (same) same[0] += `, ${role}`;
  else callers.push([role, caller]);
  return callers;
}, []);
