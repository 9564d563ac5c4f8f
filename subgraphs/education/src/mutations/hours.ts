import { z } from 'zod';

/** Hours of learning (学时): halves of them, more than none and at most so many. */
export function hours(most: number) {
  const error = `学时应大于 0、至多 ${most}，且为 0.5 的倍数。`;
  return z.number({ error }).positive({ error }).max(most, { error }).multipleOf(0.5, { error });
}
