import { id, version } from '@linli/kit/writing/fields';
import { mutation } from '@linli/kit/writing/mutation';
import { refuse } from '@linli/kit/writing/refusal';
import { z } from 'zod';
import type { Tx } from '../context.js';
import { emptyBox, holdVote, keepBallots } from '../queries/ballot-box.js';
import { dateIn } from '../today.js';
import { carried, hasQuorum } from '../votes/decision.js';
import { ballotOf } from '../votes/receipts.js';
import { requireVersion } from './case.js';

/**
 * Decides a vote: empties the box, counts, and publishes. Only when nobody can vote any more: after its last day, or when
 * all homes have voted.
 */
export const closeOwnersVote = mutation({
  name: 'closeOwnersVote',
  input: z.strictObject({ voteId: id, expectedVersion: version }),
  async run({ voteId, expectedVersion }, tx: Tx) {
    const before = await tx.rows.ownersVote.findUnique({ where: { id: voteId } });
    if (!before) throw refuse(['voteId'], 'NOT_FOUND', '没有这次业主表决，或您无权办理。');
    const held = (await holdVote(tx, voteId))!;
    requireVersion(held, expectedVersion);
    if (held.state !== 'OPEN') throw refuse(['voteId'], 'WRONG_STATE', '只有表决中的可以结束。');
    if (dateIn(tx.now) <= before.closesOn && held.voted < held.eligible) {
      throw refuse(['voteId'], 'WRONG_STATE', '截止日未过且仍有业主未投票，请到期再结束。');
    }
    const ballots = (await emptyBox(tx, voteId)).map(ballotOf);
    const tally = held.options.map((_, i) => ballots.filter(({ option }) => option === i + 1).length);
    const { eligible, eligibleAreaM2, votedAreaM2 } = await tx.all.ownersVote.findUniqueOrThrow({
      where: { id: voteId },
    });
    const quorum = hasQuorum({ eligible, voted: held.voted, eligibleAreaM2, votedAreaM2 });
    const chosen = quorum ? carried(tally, before) : null;
    await keepBallots(tx, voteId, ballots);
    const state = chosen === null ? 'REJECTED' : 'PASSED';
    const vote = await tx.all.ownersVote.update({
      where: { id: voteId },
      data: { state, tally, chosen, version: { increment: 1 } },
    });
    const { projectId, communityCode, voted } = vote;
    await tx.emit({
      type: 'OwnersVoteClosed',
      key: voteId,
      data: { voteId, projectId, communityCode, state, chosen, quorum, eligible, voted },
    });
    return { vote };
  },
});
