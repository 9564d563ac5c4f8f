import { inputError } from '@linli/kit/errors';

/** The first year of which the grid's events are analysed. */
const firstYear = 2020;
/** Quarters begin at midnight in Shenzhen. */
const offset = '+08:00';

export interface Quarter {
  readonly from: Date;
  /** The beginning of the next one. */
  readonly until: Date;
}

/**
 * The moments that a quarter lies between.
 * @param text a year from 2020 on and a number, `2025Q2`; not later than the quarter of `now`
 * @throws an input error that says what to send
 */
export function quarterOf(text: string, now = new Date()): Quarter {
  const match = /^(\d{4})Q([1-4])$/.exec(text);
  const [year, number] = [Number(match?.[1]), Number(match?.[2])];
  const start = (y: number, q: number) => new Date(`${y}-${String(q * 3 - 2).padStart(2, '0')}-01T00:00:00${offset}`);
  if (!match || year < firstYear || start(year, number) > now) {
    throw inputError(
      `The argument "quarter" is "${text.slice(0, 20)}": send a quarter from ${firstYear}Q1 to the present one, such as 2025Q2.`,
    );
  }
  return { from: start(year, number), until: number === 4 ? start(year + 1, 1) : start(year, number + 1) };
}
