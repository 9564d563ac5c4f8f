import { referenceDate } from '@linli/kit/population/households';
import { unitCode } from '@linli/kit/population/places';
import { opaqueId, randomFor, type Random } from '@linli/kit/population/random';
import { propertyManagerOf } from '@linli/kit/population/staff';
import type { Cell } from '@linli/kit/seeding/bulk-loader';
import type { OwnersCommitteeKind, OwnersVoteState } from '../generated/graphql.js';
import { carried, hasQuorum, motionOptions } from '../votes/decision.js';
import { receiptOf } from '../votes/receipts.js';
import { daysAfter, yearsAfter } from './days.js';
import { demoEstate, doorAreaM2, type Estate } from './estates.js';

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

export const voteColumns = [
  'id',
  'topic',
  'project_id',
  'opens_on',
  'closes_on',
  'state',
  'eligible',
  'eligible_area_m2',
  'voted',
  'voted_area_m2',
  'options',
  'tally',
  'chosen',
  'community_code',
  'handlers',
] as const;

export const ownersTables = {
  owners_committee: ['id', 'kind', 'name', 'project_id', 'since', 'term_ends_on', 'members'],
  owners_vote: voteColumns,
  owners_ballot: ['receipt', 'vote_id', 'option'],
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
  ];
}

/** How many homes were in favour, against, and abstained. */
function drawTally(eligible: number, random: Random): number[] {
  const took = Math.round((eligible * random.int(55, 96)) / 100);
  const inFavour = Math.round((took * random.int(35, 96)) / 100);
  const abstained = Math.min(took - inFavour, random.int(0, Math.ceil(took / 10)));
  return [inFavour, took - inFavour - abstained, abstained];
}

/** The demo family's vote, of which nothing is withheld, so that examples show something. */
function demoTally(eligible: number): number[] {
  const took = Math.round(eligible * 0.8);
  const inFavour = Math.round(took * 0.6);
  return [inFavour, took - inFavour, 0];
}

/** A motion that the owners of an estate vote on. */
export interface SeededVote {
  readonly id: string;
  readonly topic: string;
  readonly estate: Estate;
  readonly opensOn: string;
  readonly closesOn: string;
  readonly state: OwnersVoteState;
  readonly eligible: number;
  readonly eligibleAreaM2: number;
  /** Empty while it is not decided. */
  readonly tally: readonly number[];
}

/** The homes of an estate as planned, with their areas: who may vote. */
export function* homesOf({ buildings }: Estate, seed: number): Generator<{ unitCode: string; areaM2: number }> {
  for (const { code, floors, doorsPerFloor } of buildings) {
    for (let door = 1; door <= doorsPerFloor; door++) {
      const areaM2 = doorAreaM2(seed, code, door);
      for (let floor = 1; floor <= floors; floor++) yield { unitCode: unitCode(code, floor, door), areaM2 };
    }
  }
}

/** Up to two votes of an estate; the demo family's has one that is decided and one that is open. */
export function votes(estate: Estate, seed: number): SeededVote[] {
  const { id } = estate;
  const random = randomFor(seed, 'owners-vote', id);
  const homes = [...homesOf(estate, seed)];
  const eligible = homes.length;
  const demo = id === demoEstate;
  return Array.from({ length: demo ? 2 : random.int(0, 2) }, (_, i) => {
    const opensOn = daysAfter(referenceDate, demo ? [-100, -5][i]! : random.int(-700, 30));
    const closesOn = daysAfter(opensOn, voteDays);
    const tally = closesOn < referenceDate ? (demo ? demoTally(eligible) : drawTally(eligible, random)) : [];
    const started = opensOn > referenceDate ? 'SCHEDULED' : 'OPEN';
    return {
      id: `vote-${id}-${i + 1}`,
      topic: random.pick(topics),
      estate,
      opensOn,
      closesOn,
      state: tally.length ? decided(tally, eligible) : started,
      eligible,
      eligibleAreaM2: homes.reduce((sum, { areaM2 }) => sum + areaM2, 0),
      tally,
    };
  });
}

function decided(tally: readonly number[], eligible: number): OwnersVoteState {
  const turnout = { eligible, voted: sum(tally), eligibleAreaM2: null, votedAreaM2: null };
  return hasQuorum(turnout) && carried(tally, ordinaryMotion) !== null ? 'PASSED' : 'REJECTED';
}

const ordinaryMotion = { kind: 'MOTION', majority: 'ORDINARY' } as const;

/** A vote as a row; those that took part have homes of the average size. */
export function voteCells({ estate, tally, eligible, eligibleAreaM2, ...vote }: SeededVote): Cell[] {
  const started = vote.state !== 'SCHEDULED';
  const voted = sum(tally);
  return [
    vote.id,
    vote.topic,
    estate.id,
    vote.opensOn,
    vote.closesOn,
    vote.state,
    eligible,
    started ? eligibleAreaM2 : null,
    started ? voted : null,
    started ? Math.round((eligibleAreaM2 * voted) / eligible) : null,
    motionOptions,
    tally.map(String),
    vote.state === 'PASSED' ? 1 : null,
    estate.community.code,
    [propertyManagerOf(estate.id)],
  ];
}

/** The ballots behind a tally, under receipts of codes that nobody was given. */
export function ballotRows({ id, tally }: SeededVote, seed: number): Cell[][] {
  let number = 0;
  return tally.flatMap((count, i) =>
    Array.from({ length: count }, () => {
      const code = opaqueId('b', seed, id, ++number);
      return [receiptOf(id, i + 1, code), id, i + 1];
    }),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
