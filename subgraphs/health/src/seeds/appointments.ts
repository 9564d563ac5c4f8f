import { referenceDate } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';
import type { HealthAppointmentState, HealthService } from '../generated/graphql.js';
import { daysAfter, minutesAfter } from './days.js';

export interface SeededAppointment {
  at: string;
  service: HealthService;
  state: HealthAppointmentState;
}

const past: readonly HealthAppointmentState[] = ['ATTENDED', 'ATTENDED', 'ATTENDED', 'CANCELLED', 'MISSED'];

function servicesFor(age: number, chronic: boolean): readonly HealthService[] {
  if (age < 7) return ['CHILD_HEALTH', 'VACCINATION'];
  if (chronic) return ['CHRONIC_FOLLOW_UP'];
  if (age >= 60) return ['ELDER_CHECKUP', 'TRADITIONAL_MEDICINE', 'GENERAL_PRACTICE'];
  return ['GENERAL_PRACTICE', 'GENERAL_PRACTICE', 'TRADITIONAL_MEDICINE', 'COUNSELLING'];
}

/**
 * An appointment at a half hour between 08:00 and 17:30 in Shenzhen (UTC+8): those still to come in the month after the
 * reference date, the others in the half year before it.
 */
export function appointmentOf(person: { age: number; chronic: boolean }, random: Random): SeededAppointment {
  const toCome = random.chance(0.4);
  const day = daysAfter(referenceDate, toCome ? random.int(1, 30) : -random.int(1, 180));
  return {
    at: minutesAfter(day, random.int(0, 19) * 30),
    service: random.pick(servicesFor(person.age, person.chronic)),
    state: toCome ? 'BOOKED' : random.pick(past),
  };
}
