import { referenceDate } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';
import type { CareProgrammeKind, ChronicCondition, FollowUpMethod, FollowUpResult } from '../generated/graphql.js';
import { followUpDays } from '../follow-up-days.js';
import { daysAfter } from './days.js';
import type { SeededPatient } from './patient.js';

/** Made-up shares of people with a contract who are in a programme of their kind. */
const chronicShare = 0.12;
const elderShare = 0.1;
const childShare = 0.15;
const maternalShare = 0.02;

const methods: FollowUpMethod[] = ['CLINIC', 'CLINIC', 'HOME', 'PHONE'];
const results: FollowUpResult[] = ['STABLE', 'STABLE', 'STABLE', 'IMPROVED', 'UNSTABLE'];

export interface SeededFollowUp {
  doneOn: string;
  method: FollowUpMethod;
  result: FollowUpResult;
  systolic: number | null;
  diastolic: number | null;
  heightCm: number | null;
  weightKg: number | null;
  gestationWeeks: number | null;
}

export interface SeededProgramme {
  kind: CareProgrammeKind;
  condition: ChronicCondition | null;
  startedOn: string;
  nextDueOn: string;
  expectedDeliveryOn: string | null;
  followUps: SeededFollowUp[];
}

function kindsFor({ person, conditions, demo }: SeededPatient, random: Random): CareProgrammeKind[] {
  const kinds: CareProgrammeKind[] = [];
  if (conditions.length > 0 && (random.chance(chronicShare) || demo)) kinds.push('CHRONIC');
  if (person.age >= 65 && (random.chance(elderShare) || demo)) kinds.push('ELDER');
  if (person.age < 7 && (random.chance(childShare) || demo)) kinds.push('CHILD');
  if (person.sex === 'FEMALE' && person.age >= 22 && person.age <= 40 && !demo && random.chance(maternalShare)) {
    kinds.push('MATERNAL');
  }
  return kinds;
}

function programme(kind: CareProgrammeKind, { person, conditions }: SeededPatient, random: Random): SeededProgramme {
  const times = random.int(1, 3);
  const every = followUpDays[kind];
  const last = random.int(0, every - 1);
  // Six weeks to go at the least, so that the weeks of the visits before are weeks of that pregnancy.
  const toBirth = random.int(42, 150);
  const followUps = Array.from({ length: times }, (_, i): SeededFollowUp => {
    const daysAgo = last + (times - 1 - i) * every;
    const measured = kind !== 'CHILD';
    return {
      doneOn: daysAfter(referenceDate, -daysAgo),
      method: random.pick(methods),
      result: random.pick(results),
      systolic: measured ? random.int(105, 158) : null,
      diastolic: measured ? random.int(62, 98) : null,
      heightCm: kind === 'CHILD' ? 50 + person.age * 12 + random.int(0, 8) : null,
      weightKg: kind === 'CHILD' ? 4 + person.age * 3 + random.int(0, 3) : null,
      gestationWeeks: kind === 'MATERNAL' ? Math.max(6, Math.floor((280 - toBirth - daysAgo) / 7)) : null,
    };
  });
  return {
    kind,
    condition: kind === 'CHRONIC' ? conditions[0]! : null,
    startedOn: followUps[0]!.doneOn,
    nextDueOn: daysAfter(referenceDate, every - last),
    expectedDeliveryOn: kind === 'MATERNAL' ? daysAfter(referenceDate, toBirth) : null,
    followUps,
  };
}

/** The programmes of care of somebody with a family doctor; the demo family's elder and toddler have theirs always. */
export function programmesOf(patient: SeededPatient, random: Random): SeededProgramme[] {
  if (patient.doctor === null || patient.record === null) return [];
  return kindsFor(patient, random).map((kind) => programme(kind, patient, random));
}
