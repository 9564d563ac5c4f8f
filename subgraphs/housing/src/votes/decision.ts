import type { OwnersVoteKind, OwnersVoteMajority } from '../generated/graphql.js';

/** The options of a motion; the last option of every vote is to abstain. */
export const motionOptions = ['赞成', '反对', '弃权'];
export const abstention = '弃权';

/** Who may vote and who has, by homes and by their floor area. */
export interface Turnout {
  readonly eligible: number;
  readonly voted: number;
  /** Null where the areas of the homes were not kept. */
  readonly eligibleAreaM2: number | null;
  readonly votedAreaM2: number | null;
}

/** Whether enough owners took part: two thirds, by homes and by floor area (Civil Code, article 278). */
export function hasQuorum({ eligible, voted, eligibleAreaM2, votedAreaM2 }: Turnout): boolean {
  const byHomes = voted * 3 >= eligible * 2;
  const byArea = eligibleAreaM2 === null || votedAreaM2 === null || votedAreaM2 * 3 >= eligibleAreaM2 * 2;
  return byHomes && byArea;
}

/**
 * The option that is carried, by its number from 1; null where none is. Of a motion it can only be the first. Abstentions
 * count as having taken part. Article 278 wants the majority by floor area as well; here one home is one vote, because a
 * ballot that carried the area of its home would lead to it.
 */
export function carried(
  tally: readonly number[],
  { kind, majority }: { kind: OwnersVoteKind; majority: OwnersVoteMajority },
): number | null {
  const took = tally.reduce((sum, each) => sum + each, 0);
  const candidates = kind === 'MOTION' ? tally.slice(0, 1) : tally.slice(0, -1);
  const enough = (homes: number) => (majority === 'MAJOR' ? homes * 4 >= took * 3 : homes * 2 > took);
  const index = candidates.findIndex((homes) => took > 0 && enough(homes));
  return index < 0 ? null : index + 1;
}
