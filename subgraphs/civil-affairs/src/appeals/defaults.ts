import type { AppealCategory, AppealUnitLevel } from '../generated/graphql.js';
import type { Bureau } from './units.js';

/**
 * Limits that the plan asks for without naming them (规划第六章：统一的……完成时限、督查督办): defaults of this hub, see
 * docs/appeals.md. Those of a category stand in the table appeal_rule, which begins with `defaultRules`.
 */
export const limits = {
  /** Hours from acceptance within which the appellant is contacted (接诉响应). */
  contactHours: 24,
  /** Days of silence after an answer, a confirmation or a rating, after which an appeal is closed. */
  lapseDays: 7,
  /** How often an appellant can have an answered appeal done again. */
  reworks: 2,
  /** The return that makes a dispute (争议调处). */
  disputingReturn: 2,
  /** Working days past due after which supervision (督办) rises to levels 2 and 3; level 1 is at the due time. */
  supervisionRises: [2, 5],
  /** Ratings from this one on are satisfied ones. */
  satisfiedFrom: 3,
} as const;

export interface CategoryRule {
  readonly dutyItem: string;
  readonly dutyVersion: number;
  /** What the duty is, in words. */
  readonly duty: string;
  readonly level: AppealUnitLevel;
  readonly bureau: Bureau;
  /** Working days from acceptance to the answer. */
  readonly workingDays: number;
}

const rule = (
  dutyItem: string,
  duty: string,
  level: AppealUnitLevel,
  bureau: Bureau,
  workingDays: number,
): CategoryRule => ({ dutyItem, dutyVersion: 1, duty, level, bureau, workingDays });

/** Who is responsible for a category and how long it may take, before the duty list (职责清单) says otherwise. */
export const defaultRules: Readonly<Record<AppealCategory, CategoryRule>> = {
  PROPERTY: rule('D-PROPERTY', '物业服务与房屋公共部位维护', 'STREET', 'housing', 15),
  ENVIRONMENT: rule('D-ENVIRONMENT', '环境卫生与垃圾分类', 'STREET', 'urban-management', 5),
  NOISE: rule('D-NOISE', '施工与生活噪声', 'DISTRICT', 'ecology', 5),
  TRAFFIC: rule('D-TRAFFIC', '停车秩序与道路交通设施', 'DISTRICT', 'transport', 5),
  SAFETY: rule('D-SAFETY', '消防通道与用电安全', 'STREET', 'emergency', 1),
  CARE: rule('D-CARE', '养老助餐与托育服务', 'COMMUNITY', 'civil-affairs', 15),
  EDUCATION: rule('D-EDUCATION', '课后服务与社区教育', 'DISTRICT', 'education', 15),
  HEALTH: rule('D-HEALTH', '社康机构服务', 'DISTRICT', 'health', 5),
};
