import type { AppealAction, AppealActor, AppealState } from '../generated/graphql.js';
import type { Appeal } from '../generated/prisma/client.js';

/** What of an appeal its course reads and changes. */
export type Course = Omit<
  Appeal,
  'title' | 'content' | 'handlers' | 'minorUntil' | 'submittedAt' | 'version' | 'category'
>;

/** Something that somebody does in an appeal's course. */
export interface Act {
  readonly action: AppealAction;
  readonly actor: AppealActor;
  /** The unit for which staff act; null for the appellant and for the hub itself. */
  readonly unit: string | null;
  readonly staffId?: string | null;
  readonly department?: string | null;
  /** The unit that it is about; of MERGE and SHARE_ANSWER the appeal merged into. */
  readonly target?: string;
  /** DISPATCH: whether a level is skipped (直派). */
  readonly direct?: boolean;
  /** SUPERVISE: the level. EVALUATE: the rating. EXTEND: working days. */
  readonly value?: number;
  readonly note?: string | null;
  /** ANSWER and SHARE_ANSWER: the answer. EVALUATE: the comment. */
  readonly text?: string | null;
  /** MERGE and SHARE_ANSWER: the lead of the appeal merged into. */
  readonly lead?: string;
}

/** A step as it is kept. */
export interface Step {
  readonly appealNo: string;
  readonly seq: number;
  readonly at: Date;
  readonly action: AppealAction;
  readonly from: AppealState | null;
  readonly to: AppealState;
  readonly actor: AppealActor;
  readonly staffId: string | null;
  readonly department: string | null;
  readonly unit: string | null;
  readonly target: string | null;
  readonly direct: boolean;
  readonly value: number | null;
  readonly note: string | null;
}

/** What an act makes of a course: what changes, and the step that says so. */
export interface Advance {
  readonly changes: Partial<Course> & Pick<Course, 'state' | 'steps'>;
  readonly step: Step;
}
