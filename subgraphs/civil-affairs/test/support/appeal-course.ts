import type { Act, Course } from '../../src/appeals/course.js';
import { defaultRules } from '../../src/appeals/defaults.js';
import { newCourse } from '../../src/appeals/new-course.js';
import type { AppealAction } from '../../src/generated/graphql.js';

export const community = '440303001001';
export const street = '440303001';
export const bureau = '440303-ecology';
export const rule = defaultRules.NOISE;
export const start = new Date('2026-03-02T02:00:00Z');
export const hours = (count: number, from = start) => new Date(from.getTime() + count * 3_600_000);

export function begin(change: Partial<Course> = {}): Course {
  const appeal = {
    no: 'A2026030200000001',
    channel: 'ONLINE' as const,
    communityCode: community,
    appellantId: 'demo-resident',
    aboutUnit: null,
    anonymous: false,
    ...change,
  };
  return newCourse(appeal, start, rule);
}

export const staff = (action: AppealAction, unit: string, more: Partial<Act> = {}): Act => ({
  action,
  actor: 'STAFF',
  unit,
  staffId: 'demo-community-worker',
  ...more,
});
export const appellant = (action: AppealAction, more: Partial<Act> = {}): Act => ({
  action,
  actor: 'APPELLANT',
  unit: null,
  ...more,
});
export const system = (action: AppealAction, more: Partial<Act> = {}): Act => ({
  action,
  actor: 'SYSTEM',
  unit: null,
  ...more,
});
