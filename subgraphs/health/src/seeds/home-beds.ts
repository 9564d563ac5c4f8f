import { referenceDate } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';
import { daysAfter, minutesAfter } from './days.js';
import type { SeededPatient } from './patient.js';

/** Made-up share of the over-75s with a contract who are cared for at home. */
const homeBedShare = 0.15;
const reasons = ['示例：脑卒中后遗症，行动不便', '示例：骨折术后康复', '示例：慢性阻塞性肺疾病，需居家氧疗'];

export interface SeededHomeBed {
  reason: string;
  visitEveryDays: number;
  openedOn: string;
  nextVisitOn: string | null;
  closedOn: string | null;
  visits: { visitedAt: string; systolic: number; diastolic: number }[];
}

/** A bed at home for some of the very old; open for the demo family's elder, closed for every third one. */
export function homeBedOf(patient: SeededPatient, random: Random): SeededHomeBed | null {
  const { person, doctor, demo } = patient;
  if (doctor === null || patient.record === null || person.age < 75) return null;
  if (!random.chance(homeBedShare) && !demo) return null;
  const visitEveryDays = random.pick([7, 7, 14]);
  const times = random.int(1, 4);
  const openedOn = daysAfter(referenceDate, -times * visitEveryDays);
  const closed = !demo && random.chance(0.33);
  return {
    reason: random.pick(reasons),
    visitEveryDays,
    openedOn,
    nextVisitOn: closed ? null : daysAfter(referenceDate, visitEveryDays),
    closedOn: closed ? referenceDate : null,
    visits: Array.from({ length: times }, (_, i) => ({
      // In the morning, Shenzhen time.
      visitedAt: minutesAfter(daysAfter(openedOn, i * visitEveryDays), 60 + random.int(0, 180)),
      systolic: random.int(110, 165),
      diastolic: random.int(62, 98),
    })),
  };
}
