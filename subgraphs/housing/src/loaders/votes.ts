import { loadByParent } from '@linli/kit/loaders';
import { childrenOf, rowByKey } from '@linli/kit/paging/table';
import type { Reader } from '@linli/kit/scope/reader';
import DataLoader from 'dataloader';
import type { Database } from '../database.js';
import { publishedTally } from '../votes/publication.js';

/** One home's line on the roll of a vote. */
export interface RollKey {
  readonly voteId: string;
  readonly unitCode: string;
}

const lineOf = ({ voteId, unitCode }: RollKey) => `${voteId} ${unitCode}`;

/** Owners' votes, with the receipts of those that are decided. */
export function createVoteLoaders(db: Reader<Database>, smallestCount: number) {
  return {
    vote: rowByKey(db.ownersVote, 'id'),
    votesOfProject: childrenOf(db.ownersVote, 'id', 'projectId'),
    /** How many homes chose what in a vote, as far as it is published. */
    tally: ({ tally }: { tally: readonly number[] }) => publishedTally(tally, smallestCount),
    ballotsOfVote: loadByParent(
      (ids) => db.ownersBallot.findMany({ where: { voteId: { in: ids } }, orderBy: { receipt: 'asc' } }),
      (row) => row.voteId,
    ),
    receiptsOfVote: childrenOf(db.ownersBallot, 'receipt', 'voteId'),
    /** Whether a home has voted; null where it is not on the roll. */
    voted: new DataLoader<RollKey, boolean | null, string>(
      async (keys) => {
        const rows = await db.ownersVoteRoll.findMany({
          where: {
            voteId: { in: [...new Set(keys.map(({ voteId }) => voteId))] },
            unitCode: { in: [...new Set(keys.map(({ unitCode }) => unitCode))] },
          },
        });
        const byLine = new Map(rows.map((row) => [lineOf(row), row.voted]));
        return keys.map((key) => byLine.get(lineOf(key)) ?? null);
      },
      { cacheKeyFn: lineOf },
    ),
  };
}
