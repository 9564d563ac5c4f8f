import { decodeJwt } from 'jose';
import { clockTolerance } from '../authentication/verify.js';

/** Timers take no more. */
const longestTimer = 2 ** 31 - 1;

/**
 * When a verified access token stops to count, in milliseconds since the epoch; undefined where there is none.
 *
 * @param authorization the value of an Authorization header that was let through
 */
export function tokenExpiry(authorization: string | undefined): number | undefined {
  const token = authorization?.trim().split(/ +/)[1];
  const exp = token === undefined ? undefined : decodeJwt(token).exp;
  return exp === undefined ? undefined : (exp + clockTolerance) * 1000;
}

/** Calls back at a time, however far it is; gives what takes that back. */
export function at(time: number | undefined, act: () => void): () => void {
  if (time === undefined) return () => undefined;
  let timer: NodeJS.Timeout;
  const wait = () => {
    const left = time - Date.now();
    timer = left > longestTimer ? setTimeout(wait, longestTimer) : setTimeout(act, Math.max(0, left));
  };
  wait();
  return () => clearTimeout(timer);
}
