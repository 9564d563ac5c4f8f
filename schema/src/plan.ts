import { readFileSync } from 'node:fs';
import { schemaFile } from './files.js';

/** Where each fact stands in the plan: a section (第四章第一节) or a box (专栏1-7). */
type Place = string;

export interface PlanIndicator {
  no: number;
  name: string;
  value2020: number | null;
  value2020Text: string;
  target2025: number;
  target2025Text: string;
  unit: string;
  /** 约束性 (true) or 预期性. */
  binding: boolean;
  numerator: string;
  denominator: string;
  multiplier: number;
  source: Place;
}

export interface PlanQuantity {
  id: string;
  name: string;
  value: number;
  unit: string;
  comparator: string;
  year: number | null;
  scope: string;
  source: Place;
}

export interface PlanFact {
  id: string;
  name: string;
  value: number;
  unit: string;
  approximate: boolean;
  source: Place;
}

export interface PlanTaskRecord {
  no: number;
  title: string;
  chapter: string;
  section: string;
  sectionRef: string;
  leadDepartments: string[];
  departments: string[];
  /** How far the annex's department column could be read for this task. */
  departmentConfidence: string;
  annexTextGarbled: boolean;
  note: string | null;
}

export interface Plan {
  document: { document: string; number: string; issuers: string[]; issuedOn: string; horizon: string };
  indicators: PlanIndicator[];
  quantities: PlanQuantity[];
  facts: PlanFact[];
  tasks: PlanTaskRecord[];
}

/** The city's 14th five-year plan for community services (深民〔2022〕93号), as far as it is numbers and tasks. */
export const plan = JSON.parse(readFileSync(schemaFile('data/plan.json'), 'utf8')) as Plan;
