import type { ElderCareGrade } from './generated/graphql.js';

export const highestCareScore = 90;

/** The lowest score of each grade, the ablest first: GB/T 42195-2022, 老年人能力评估规范. */
const grades: [ElderCareGrade, number][] = [
  ['INTACT', 90],
  ['MILD', 66],
  ['MODERATE', 46],
  ['SEVERE', 30],
  ['COMPLETE', 0],
];

/** The grade of an assessment's score, 0 to 90. */
export function careGrade(score: number): ElderCareGrade {
  return grades.find(([, from]) => score >= from)![0];
}
