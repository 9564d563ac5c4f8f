import { referenceDate } from '@linli/kit/population/households';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import { defineSeed } from '@linli/kit/seeding/seed';
import { demoEstate, estates, type Estate } from './estates.js';
import { homesOf, voteCells, voteColumns, votes, type SeededVote } from './owners.js';

/** The last day of the demo family's second open vote: far off, so that examples can vote for years to come. */
const demoClosesOn = '2035-06-30';

function demoVote(estate: Estate, seed: number): SeededVote {
  const homes = [...homesOf(estate, seed)];
  return {
    id: `vote-${estate.id}-3`,
    topic: '在小区中心广场增设长者活动区',
    estate,
    opensOn: referenceDate,
    closesOn: demoClosesOn,
    state: 'OPEN',
    eligible: homes.length,
    eligibleAreaM2: homes.reduce((sum, { areaM2 }) => sum + areaM2, 0),
    tally: [],
  };
}

/** What an open vote needs: a line of the roll for each home, and an empty box. */
function openVote({ id, estate }: SeededVote, seed: number): { roll: Cell[][]; box: Cell[] } {
  return { roll: [...homesOf(estate, seed)].map(({ unitCode, areaM2 }) => [id, unitCode, areaM2]), box: [id] };
}

/** Rolls and boxes of the votes that are open, and one more vote of the demo family's estate that stays open for years. */
export const ownersVotesSeed = defineSeed({
  name: 'owners-votes',
  tables: {
    owners_vote: voteColumns,
    owners_vote_roll: ['vote_id', 'unit_code', 'area_m2'],
    owners_vote_box: ['vote_id'],
  },
  async run({ load, residents, seed }) {
    for (const estate of estates(residents, seed)) {
      const open = votes(estate, seed).filter(({ state }) => state === 'OPEN');
      if (estate.id === demoEstate) {
        const vote = demoVote(estate, seed);
        load.row('owners_vote', voteCells(vote));
        open.push(vote);
      }
      for (const { roll, box } of open.map((vote) => openVote(vote, seed))) {
        for (const line of roll) load.row('owners_vote_roll', line);
        load.row('owners_vote_box', box);
      }
      await load.flushIfFull();
    }
  },
});
