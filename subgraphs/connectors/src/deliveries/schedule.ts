/** Attempts after which a delivery is dead: with the pauses below, after about a day. */
export const attemptsAtMost = 16;

const firstPauseMs = 1000;
const longestPauseMs = 2 * 60 * 60 * 1000;

/**
 * The pause after a failed attempt: doubled each time, up to two hours, of which a random half is left out, so that all
 * that waited for a platform does not come at once when it is back.
 * @param attempts how many have failed
 * @param random from 0 to 1
 */
export function pauseAfter(attempts: number, random: number): number {
  const whole = Math.min(firstPauseMs * 2 ** (attempts - 1), longestPauseMs);
  return Math.round(whole * (0.5 + random / 2));
}
