import type { Statements } from '@linli/kit/writing/statements';

/** Holds appeals until the transaction ends, in the order of their numbers, so that two that want the same never cross. */
export async function lockAppeals({ query }: Statements, nos: readonly string[]): Promise<void> {
  await query('SELECT no FROM appeal WHERE no = ANY($1::text[]) ORDER BY no FOR UPDATE', [nos]);
}

/** The next serial number of an appeal. */
export async function nextSerial({ query }: Statements): Promise<number> {
  const [row] = await query<{ serial: bigint }>(`SELECT nextval('appeal_serial') AS serial`);
  return Number(row!.serial);
}

/** Appeals that a job takes at once; the rest is due in its next run. */
const batch = 500;

const dueBy = (column: 'supervise_at' | 'lapses_at') =>
  `SELECT no FROM appeal WHERE ${column} <= $1::timestamptz ORDER BY ${column} LIMIT ${batch} FOR UPDATE SKIP LOCKED`;

async function due({ query }: Statements, column: 'supervise_at' | 'lapses_at', now: Date): Promise<string[]> {
  const rows = await query<{ no: string }>(dueBy(column), [now.toISOString()]);
  return rows.map(({ no }) => no);
}

/** Numbers of appeals whose supervision rises by now, held until the transaction ends; others at work on one keep it. */
export const dueForSupervision = (tx: Statements, now: Date) => due(tx, 'supervise_at', now);

/** Numbers of appeals that the appellant's silence closes by now, held in the same way. */
export const dueForLapse = (tx: Statements, now: Date) => due(tx, 'lapses_at', now);
