import type { Statements } from '@linli/kit/writing/statements';

/**
 * Something with so many places, and the entries of those who have one or wait for one. The names of tables and columns
 * stand here alone and come from nobody.
 */
export interface Roster {
  readonly table: string;
  /** How many places there are, and how many are taken. */
  readonly places: string;
  readonly taken: string;
  readonly entries: string;
  /** The column of an entry that names the table's row. */
  readonly of: string;
  /** The type of an entry's state, and the state of those who have a place. */
  readonly state: string;
  readonly holding: string;
}

export const courseRoster: Roster = {
  table: 'course',
  places: 'seats',
  taken: 'enrolled',
  entries: 'course_enrollment',
  of: 'course_id',
  state: 'CourseEnrollmentState',
  holding: 'ENROLLED',
};

export const programmeRoster: Roster = {
  table: 'after_school_programme',
  places: 'places',
  taken: 'enrolled',
  entries: 'after_school_enrollment',
  of: 'programme_id',
  state: 'AfterSchoolEnrollmentState',
  holding: 'ENROLLED',
};

export const activityRoster: Roster = {
  table: 'activity',
  places: 'capacity',
  taken: 'signed_up',
  entries: 'activity_registration',
  of: 'activity_id',
  state: 'ActivityRegistrationState',
  holding: 'SIGNED_UP',
};

/**
 * Keeps others from a roster until the transaction ends. Whoever changes one holds it before reading an entry, so that
 * places and entries agree and nobody waits for each other crosswise.
 */
export async function holdRoster({ query }: Statements, { table }: Roster, id: string): Promise<void> {
  await query(`SELECT id FROM "${table}" WHERE id = $1 FOR UPDATE`, [id]);
}

export interface Place {
  /** Null for whoever has a place; else their number in the order of those who wait. */
  readonly waitingNo: number | null;
  /** Whether this was the last place. */
  readonly last: boolean;
}

/** Takes a place of a roster that is held, or a number in the queue. */
export async function takePlace({ query }: Statements, roster: Roster, id: string): Promise<Place> {
  const { table, places, taken } = roster;
  const [place] = await query<{ last: boolean }>(
    `UPDATE "${table}" SET ${taken} = ${taken} + 1 WHERE id = $1 AND ${taken} < ${places} AND waitlisted = 0
     RETURNING ${taken} = ${places} AS last`,
    [id],
  );
  if (place) return { waitingNo: null, last: place.last };
  const [queued] = await query<{ no: number }>(
    `UPDATE "${table}" SET waitlisted = waitlisted + 1, last_waiting_no = last_waiting_no + 1 WHERE id = $1
     RETURNING last_waiting_no AS no`,
    [id],
  );
  return { waitingNo: queued!.no, last: false };
}

/**
 * Gives up a place of a roster that is held, after the entry itself has been changed: the first of those who wait moves up.
 * @param waited whether it was a number in the queue that is given up
 * @returns whether somebody moved up
 */
export async function leavePlace({ query }: Statements, roster: Roster, id: string, waited: boolean): Promise<boolean> {
  const { table, taken, entries, of, state, holding } = roster;
  const promoted = waited
    ? []
    : await query(
        `UPDATE "${entries}" SET state = '${holding}'::"${state}", waiting_no = NULL, version = version + 1
         WHERE id = (SELECT id FROM "${entries}" WHERE ${of} = $1 AND waiting_no IS NOT NULL ORDER BY waiting_no LIMIT 1)
         RETURNING id`,
        [id],
      );
  const counter = waited || promoted.length > 0 ? 'waitlisted' : taken;
  await query(`UPDATE "${table}" SET ${counter} = ${counter} - 1 WHERE id = $1`, [id]);
  return promoted.length > 0;
}
