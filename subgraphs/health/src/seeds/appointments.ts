import { referenceDate } from '@linli/kit/population/households';
import type { Random } from '@linli/kit/population/random';
import type { HealthAppointmentState, HealthService } from '../generated/graphql.js';
import type { Clinic } from './clinics.js';
import { daysAfter, minutesAfter } from './days.js';

export interface SeededAppointment {
  at: string;
  service: HealthService;
  state: HealthAppointmentState;
}

const past: readonly HealthAppointmentState[] = ['ATTENDED', 'ATTENDED', 'ATTENDED', 'CANCELLED', 'MISSED'];

/** What a person of that age and health books at a clinic; counselling needs a room for it. */
function servicesFor(age: number, chronic: boolean, clinic: Clinic): readonly HealthService[] {
  if (age < 7) return ['CHILD_HEALTH', 'VACCINATION'];
  if (chronic) return ['CHRONIC_FOLLOW_UP'];
  if (age >= 60) return ['ELDER_CHECKUP', 'TRADITIONAL_MEDICINE', 'GENERAL_PRACTICE'];
  if (age >= 18 && clinic.counsellingRoom) return ['GENERAL_PRACTICE', 'TRADITIONAL_MEDICINE', 'COUNSELLING'];
  return ['GENERAL_PRACTICE', 'GENERAL_PRACTICE', 'TRADITIONAL_MEDICINE'];
}

/**
 * An appointment at a half hour between 08:00 and 17:30 in Shenzhen (UTC+8): one still to come in the month after the
 * reference date, another in the half year before it.
 */
export function appointmentOf(
  person: { age: number; chronic: boolean },
  clinic: Clinic,
  toCome: boolean,
  random: Random,
): SeededAppointment {
  const day = daysAfter(referenceDate, toCome ? random.int(1, 30) : -random.int(1, 180));
  return {
    at: minutesAfter(day, random.int(0, 19) * 30),
    service: random.pick(servicesFor(person.age, person.chronic, clinic)),
    state: toCome ? 'BOOKED' : random.pick(past),
  };
}
