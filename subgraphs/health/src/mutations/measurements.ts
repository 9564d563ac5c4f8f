import { count } from '@linli/kit/writing/fields';
import { z } from 'zod';

function measured(least: number, most: number) {
  const error = `应在 ${least} 至 ${most} 之间，请核对数值与单位。`;
  return z.number({ error }).min(least, { error }).max(most, { error });
}

/** What is measured on visits and follow-ups, in the units of the contract; wide enough for any living person. */
export const systolic = count(50, 300);
export const diastolic = count(30, 200);
export const temperatureC = measured(30, 45);
export const fastingGlucose = measured(1, 50);
export const heightCm = measured(30, 250);
export const weightKg = measured(0.5, 400);
export const gestationWeeks = count(1, 45);

interface BloodPressure {
  readonly systolic?: number | null | undefined;
  readonly diastolic?: number | null | undefined;
}

/** Both values of a blood pressure or none, the lower one lower. */
export function isBloodPressure({ systolic: high, diastolic: low }: BloodPressure): boolean {
  return high == null || low == null ? high == low : low < high;
}

export const bloodPressureError = { error: '收缩压与舒张压应同时填写，舒张压低于收缩压。', path: ['diastolic'] };
