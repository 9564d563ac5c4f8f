import type { Statements } from '@linli/kit/writing/statements';

/** A vote, held back from everybody else who writes to it until the transaction ends. */
export interface HeldVote {
  state: string;
  version: number;
  eligible: number;
  voted: number;
  options: string[];
}

export async function holdVote({ query }: Statements, id: string): Promise<HeldVote | undefined> {
  const [held] = await query<HeldVote>(
    'SELECT state::text, version, eligible, coalesce(voted, 0) AS voted, options FROM owners_vote WHERE id = $1 FOR UPDATE',
    [id],
  );
  return held;
}

/** Writes down which homes may vote, and makes an empty box. @returns how many they are, and their floor area in m² */
export async function fixRoll(
  { query }: Statements,
  vote: { id: string; projectId: string; buildings: readonly string[] },
): Promise<{ homes: number; areaM2: number }> {
  await query(
    `INSERT INTO owners_vote_roll (vote_id, unit_code, area_m2)
     SELECT $1, u.code, u.area_m2 FROM housing_unit u JOIN building b ON b.code = u.building_code
     WHERE b.project_id = $2 AND (cardinality($3::text[]) = 0 OR b.code = ANY($3::text[]))`,
    [vote.id, vote.projectId, vote.buildings],
  );
  await query('INSERT INTO owners_vote_box (vote_id) VALUES ($1)', [vote.id]);
  const [roll] = await query<{ homes: number; area: number }>(
    'SELECT count(*)::int AS homes, coalesce(sum(area_m2), 0)::int AS area FROM owners_vote_roll WHERE vote_id = $1',
    [vote.id],
  );
  return { homes: roll!.homes, areaM2: roll!.area };
}

/**
 * Notes on the roll that a home has voted.
 * @returns its floor area; `before` where it had voted already, `absent` where it is not on the roll
 */
export async function markVoted(
  { query }: Statements,
  { voteId, unitCode }: { voteId: string; unitCode: string },
): Promise<number | 'before' | 'absent'> {
  const home = [voteId, unitCode];
  const [marked] = await query<{ area: number }>(
    `UPDATE owners_vote_roll SET voted = true WHERE vote_id = $1 AND unit_code = $2 AND NOT voted RETURNING area_m2 AS area`,
    home,
  );
  if (marked) return marked.area;
  const there = await query('SELECT 1 FROM owners_vote_roll WHERE vote_id = $1 AND unit_code = $2', home);
  return there.length > 0 ? 'before' : 'absent';
}

/**
 * Counts a home in the turnout of a vote that is open. Whoever closes the vote waits until this transaction ends, and the
 * other way round.
 * @returns the turnout now; undefined where the vote is no longer open
 */
export async function countVoter(
  { query }: Statements,
  voteId: string,
  areaM2: number,
): Promise<{ voted: number; votedAreaM2: number } | undefined> {
  const [turnout] = await query<{ voted: number; votedAreaM2: number }>(
    `UPDATE owners_vote SET voted = coalesce(voted, 0) + 1, voted_area_m2 = coalesce(voted_area_m2, 0) + $2::int
     WHERE id = $1 AND state = 'OPEN' RETURNING voted, voted_area_m2 AS "votedAreaM2"`,
    [voteId, areaM2],
  );
  return turnout;
}

/**
 * Puts a ballot into the box. All ballots of a vote lie in one row, sorted by their receipts, which is written anew each
 * time: no ballot has a place, a time or a transaction of its own by which it could be matched to a line of the roll.
 * @param line the ballot as text
 * @returns false where the same line lies in the box already
 */
export async function putBallot({ query }: Statements, voteId: string, line: string): Promise<boolean> {
  const put = await query(
    `UPDATE owners_vote_box SET ballots = (SELECT array_agg(b ORDER BY b COLLATE "C") FROM unnest(ballots || $2::text) b)
     WHERE vote_id = $1 AND NOT ($2::text = ANY(ballots)) RETURNING vote_id`,
    [voteId, line],
  );
  return put.length > 0;
}

/** Takes all ballots out of the box, which is gone then. */
export async function emptyBox({ query }: Statements, voteId: string): Promise<string[]> {
  const [box] = await query<{ ballots: string[] }>('DELETE FROM owners_vote_box WHERE vote_id = $1 RETURNING ballots', [
    voteId,
  ]);
  return box?.ballots ?? [];
}

/** Keeps the ballots of a decided vote, all at once and in the order of their receipts. */
export async function keepBallots(
  { query }: Statements,
  voteId: string,
  ballots: readonly { receipt: string; option: number }[],
): Promise<void> {
  await query(
    `INSERT INTO owners_ballot (vote_id, receipt, option)
     SELECT $1, b.receipt, b.option FROM unnest($2::text[], $3::int[]) AS b(receipt, option) ORDER BY b.receipt COLLATE "C"`,
    [voteId, ballots.map(({ receipt }) => receipt), ballots.map(({ option }) => option)],
  );
}
