/** What a department says of a change, within the transaction that makes it. */
export interface NewEvent {
  /** The event's name: `AppealSubmitted`. */
  readonly type: string;
  /** What it is about; events of one key are sent in their order. */
  readonly key: string;
  /** Ids, codes, states and numbers; never names, phones, or texts of people. */
  readonly data: Readonly<Record<string, unknown>>;
}

/** An event that has happened. */
export interface LinliEvent {
  /** Department and number in its outbox, `civil-affairs:42`; the same however often it is sent. */
  readonly id: string;
  readonly department: string;
  readonly type: string;
  readonly key: string;
  readonly data: Readonly<Record<string, unknown>>;
  /** RFC 3339. */
  readonly at: string;
}

/** Its name among all departments': `civil-affairs.AppealSubmitted`. */
export function nameOf({ department, type }: Pick<LinliEvent, 'department' | 'type'>): string {
  return `${department}.${type}`;
}
