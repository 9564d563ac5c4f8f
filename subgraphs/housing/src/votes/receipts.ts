import { createHash } from 'node:crypto';

/** A ballot as it lies in the box: which option, and what only its voter can open. */
export interface Ballot {
  /** SHA-256 of vote, option and code, hex. */
  readonly receipt: string;
  /** From 1. */
  readonly option: number;
}

/** One step of a proof, from the bottom up. */
export interface Sibling {
  readonly hash: string;
  readonly left: boolean;
}

const sha256 = (...parts: (string | Buffer)[]) => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part);
  return hash.digest();
};

/**
 * What is published of a ballot. With the code, its voter can show that it is theirs and says what they chose; without,
 * it leads to nobody.
 * @param code what the voter keeps, drawn at random
 */
export function receiptOf(voteId: string, option: number, code: string): string {
  return sha256(`${voteId}:${option}:${code}`).toString('hex');
}

/** A ballot as text, in the box and as a leaf of the tree where options are published. */
export function lineOf({ receipt, option }: Ballot): string {
  return `${receipt}:${option}`;
}

export function ballotOf(line: string): Ballot {
  const [receipt, option] = line.split(':') as [string, string];
  return { receipt, option: Number(option) };
}

/** The leaves of a vote's tree: its published lines in order. Where the tally is withheld they do not hold the options. */
function leavesOf(ballots: readonly Ballot[], suppressed: boolean): Buffer[] {
  const lines = ballots.map((ballot) => (suppressed ? ballot.receipt : lineOf(ballot))).sort();
  return lines.map((line) => sha256(Buffer.of(0), line));
}

/** The level above: of each two their hash, and a last one alone as it is. */
function above(level: readonly Buffer[]): Buffer[] {
  return Array.from({ length: Math.ceil(level.length / 2) }, (_, i) => {
    const [left, right] = [level[i * 2]!, level[i * 2 + 1]];
    return right ? sha256(Buffer.of(1), left, right) : left;
  });
}

/** The root of the tree over a vote's published receipts, hex; null where there are none. */
export function receiptsRoot(ballots: readonly Ballot[], suppressed: boolean): string | null {
  let level = leavesOf(ballots, suppressed);
  while (level.length > 1) level = above(level);
  return level[0]?.toString('hex') ?? null;
}

/** What leads from a receipt up to the root; null where it is not among the ballots. */
export function receiptProof(ballots: readonly Ballot[], suppressed: boolean, receipt: string): Sibling[] | null {
  const sorted = ballots.map((ballot) => ballot.receipt).sort();
  let index = sorted.indexOf(receipt);
  if (index < 0) return null;
  const proof: Sibling[] = [];
  for (let level = leavesOf(ballots, suppressed); level.length > 1; level = above(level)) {
    const sibling = level[index ^ 1];
    if (sibling) proof.push({ hash: sibling.toString('hex'), left: index % 2 === 1 });
    index >>= 1;
  }
  return proof;
}
