import { referenceDate } from '@linli/kit/population/households';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { OwnersBallotChoice } from '../generated/prisma/client.js';
import type { OwnersCommitteeKind, OwnersVoteState } from '../generated/graphql.js';
import { passes, type Tally } from '../owners-vote.js';
import { daysAfter, yearsAfter } from './days.js';
import { demoEstate, type Estate } from './estates.js';

const topics = [
  '续聘物业服务企业',
  '更换物业服务企业',
  '使用物业专项维修资金更换电梯',
  '公共区域加装电动自行车充电设施',
  '调整停车管理规约',
  '加装电梯',
  '选举业主委员会委员',
  '公共收益用于小区绿化',
];

/** Days that a vote is open. */
const voteDays = 14;

export const ownersTables = {
  owners_committee: ['id', 'kind', 'name', 'project_id', 'since', 'term_ends_on', 'members', 'satisfaction'],
  owners_vote: [
    'id',
    'topic',
    'project_id',
    'opens_on',
    'closes_on',
    'state',
    'eligible',
    'in_favour',
    'against',
    'abstained',
    'community_code',
    'handlers',
  ],
  owners_ballot: ['id', 'vote_id', 'choice', 'cast_on'],
} as const;

/** The owners' body of an estate; null for the estates that have neither a committee nor somebody acting as one. */
export function committeeRow({ id, name, community }: Estate, seed: number): Cell[] | null {
  const random = randomFor(seed, 'owners-committee', id);
  const draw = id === demoEstate ? 0 : random.int(0, 99);
  if (draw >= 75) return null;
  const kind: OwnersCommitteeKind = draw < 45 ? 'OWNERS_COMMITTEE' : 'RESIDENTS_COMMITTEE_ACTING';
  const elected = kind === 'OWNERS_COMMITTEE';
  const since = daysAfter(referenceDate, -random.int(30, 1700));
  return [
    `owners-${id}`,
    kind,
    elected ? `${name}业主委员会` : community.committee,
    id,
    since,
    elected ? yearsAfter(since, 5) : null,
    random.pick([5, 7, 9]),
    random.chance(0.85) || id === demoEstate ? random.int(550, 980) / 10 : null,
  ];
}

function drawTally(eligible: number, random: Random): Tally {
  const took = Math.round((eligible * random.int(55, 96)) / 100);
  const inFavour = Math.round((took * random.int(35, 96)) / 100);
  const abstained = Math.min(took - inFavour, random.int(0, Math.ceil(took / 10)));
  return { inFavour, abstained, against: took - inFavour - abstained };
}

/** The demo family's vote, of which nothing is withheld, so that examples show something. */
function demoTally(eligible: number): Tally {
  const took = Math.round(eligible * 0.8);
  const inFavour = Math.round(took * 0.6);
  return { inFavour, abstained: 0, against: took - inFavour };
}

/**
 * The ballots behind a tally. Ids are drawn from the vote and a number that nobody was given, so that neither an id nor
 * the order of ids leads to who cast one, or when.
 */
function ballotRows(vote: string, opensOn: string, tally: Tally, random: Random): Cell[][] {
  const choices: [OwnersBallotChoice, number][] = [
    ['IN_FAVOUR', tally.inFavour],
    ['AGAINST', tally.against],
    ['ABSTAINED', tally.abstained],
  ];
  let number = 0;
  return choices.flatMap(([choice, count]) =>
    Array.from({ length: count }, () => [
      opaqueId('b', vote, ++number),
      vote,
      choice,
      daysAfter(opensOn, random.int(0, voteDays)),
    ]),
  );
}

/** A vote's row with the ballots that its tally counts; none while it is not decided. */
export interface Vote {
  row: Cell[];
  ballots: Cell[][];
}

/** Up to two votes of an estate; the demo family's has one that is decided and one that is open. */
export function votes({ id, community, buildings }: Estate, seed: number): Vote[] {
  const random = randomFor(seed, 'owners-vote', id);
  const eligible = buildings.reduce((sum, { floors, doorsPerFloor }) => sum + floors * doorsPerFloor, 0);
  const demo = id === demoEstate;
  return Array.from({ length: demo ? 2 : random.int(0, 2) }, (_, i) => {
    const opensOn = daysAfter(referenceDate, demo ? [-100, -5][i]! : random.int(-700, 30));
    const closesOn = daysAfter(opensOn, voteDays);
    const tally = closesOn < referenceDate ? (demo ? demoTally(eligible) : drawTally(eligible, random)) : null;
    const state: OwnersVoteState = tally
      ? passes(tally, eligible)
        ? 'PASSED'
        : 'REJECTED'
      : opensOn > referenceDate
        ? 'SCHEDULED'
        : 'OPEN';
    const vote = `vote-${id}-${i + 1}`;
    const row = [
      vote,
      random.pick(topics),
      id,
      opensOn,
      closesOn,
      state,
      eligible,
      tally?.inFavour ?? null,
      tally?.against ?? null,
      tally?.abstained ?? null,
      community.code,
      [propertyManagerOf(id)],
    ];
    return { row, ballots: tally ? ballotRows(vote, opensOn, tally, randomFor(seed, 'owners-ballot', vote)) : [] };
  });
}
