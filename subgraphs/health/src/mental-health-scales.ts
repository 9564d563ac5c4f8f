import type { MentalHealthRisk, MentalHealthScale } from './generated/graphql.js';

interface Scale {
  readonly questions: number;
  /** What an answer can score at the most; the least is 0. */
  readonly most: number;
  /** Scores from which the risk is medium, and high. */
  readonly medium: number;
  readonly high: number;
  /** The question about harming oneself, from 0: any answer but 0 means a high risk. */
  readonly alarming?: number;
}

/** The scales with their usual cut-offs: PHQ-9 and GAD-7 10 and 15, GDS-15 5 and 10. */
export const scales: Readonly<Record<MentalHealthScale, Scale>> = {
  PHQ_9: { questions: 9, most: 3, medium: 10, high: 15, alarming: 8 },
  GAD_7: { questions: 7, most: 3, medium: 10, high: 15 },
  GDS_15: { questions: 15, most: 1, medium: 5, high: 10 },
};

/** Score and risk of a scale's answers, which must be as many as its questions. */
export function judge(scale: MentalHealthScale, answers: readonly number[]): { score: number; risk: MentalHealthRisk } {
  const { medium, high, alarming } = scales[scale];
  const score = answers.reduce((sum, answer) => sum + answer, 0);
  const alarms = alarming !== undefined && answers[alarming]! > 0;
  return { score, risk: alarms || score >= high ? 'HIGH' : score >= medium ? 'MEDIUM' : 'LOW' };
}
