import type { CreditGrade } from './generated/graphql.js';

/** Evaluations that a grade rests on at least; a default of this hub. */
const enough = 3;

/** The mean of stars from which on each grade is given, the best first; defaults of this hub. */
const grades: [CreditGrade, number][] = [
  ['EXCELLENT', 4.5],
  ['GOOD', 3.5],
  ['FAIR', 2.5],
  ['POOR', 0],
];

/** The credit grade that a sum of stars, 1 to 5 for each evaluation, comes to. */
export function creditGrade(stars: number, ratings: number): CreditGrade {
  if (ratings < enough) return 'UNRATED';
  return grades.find(([, from]) => stars / ratings >= from)![0];
}
