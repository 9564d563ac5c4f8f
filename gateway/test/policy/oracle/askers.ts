import { purposes } from '@linli/schema/purposes';
import type { Standing, Subject } from '@linli/schema/subject';
import { anonymous } from '@linli/schema/subject';
import type { Random } from '../../support/random.js';
import { pickOne } from '../../support/random.js';
import { people, staff, prefixes } from './people.js';
import { somePeople } from './rules.js';

/** Somebody who asks, whom they are close to, and the headers by which they say what for. */
export interface Asker {
  readonly subject: Subject;
  readonly standing: Standing;
  readonly headers: Readonly<Record<string, string>>;
}

/** What the policies are told of an asker, worked out from the subject and the headers. */
export interface Told {
  readonly purpose: string | undefined;
  readonly legalBasis: boolean;
  readonly caseNumber: boolean;
  readonly emergency: boolean;
}

/** Who may be drawn: sets of roles, and departments. */
export interface Crowd {
  readonly roles: (random: Random) => readonly string[];
  readonly departments: readonly string[];
  /** What somebody of these roles mostly asks for. */
  readonly purpose?: (roles: readonly string[]) => string;
}

const everybody: Crowd = {
  roles: (random) => somePeople.filter(() => random() < 0.5),
  departments: ['civil-affairs', 'health', 'housing'],
};

export function drawAsker(random: Random, number: number, crowd = everybody): Asker {
  const some = <T>(items: readonly T[], part: number) => items.filter(() => random() < part);
  if (random() < 0.1) return { subject: { ...anonymous }, standing: { household: [], wards: [] }, headers: {} };
  const isResident = random() < 0.6;
  const subject: Subject = {
    id: `subject-${number}`,
    roles: crowd.roles(random),
    jurisdiction: some(prefixes, 0.3),
    purposes: [...purposes],
    scopes: some(['a', 'b', 'c'], 0.5),
    ...(isResident && { residentId: pickOne(random, people) }),
    ...(random() < 0.6 && { staffId: pickOne(random, staff) }),
    ...(random() < 0.5 && { department: pickOne(random, crowd.departments) }),
  };
  const any = ['', ...purposes, 'emergency', 'own-affairs'];
  const purpose = crowd.purpose && random() < 0.6 ? crowd.purpose(subject.roles) : pickOne(random, any);
  const headers = {
    ...(purpose && { 'linli-purpose': purpose }),
    ...(random() < 0.4 && { 'linli-legal-basis': 'duty' }),
    ...(random() < 0.4 && { 'linli-case-number': `case-${number}` }),
    ...(purpose === 'emergency' && random() < 0.7 && { 'linli-emergency-reason': 'somebody is in danger' }),
  };
  // Who is no resident is nobody's family.
  const standing = isResident
    ? { household: some(people, 0.3), wards: some(people, 0.3) }
    : { household: [], wards: [] };
  return { subject, standing, headers };
}

/** Who declares nothing and may act for own affairs does so; break-glass needs purpose, reason and case number. */
export function toldBy({ subject, headers }: Asker): Told {
  const silent = Object.keys(headers).length === 0 && subject.purposes.includes('own-affairs');
  const purpose = silent ? 'own-affairs' : headers['linli-purpose'];
  const caseNumber = headers['linli-case-number'] !== undefined;
  return {
    purpose,
    legalBasis: headers['linli-legal-basis'] !== undefined,
    caseNumber,
    emergency: purpose === 'emergency' && caseNumber && headers['linli-emergency-reason'] !== undefined,
  };
}
