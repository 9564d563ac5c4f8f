import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { receiptsRoot } from '../src/votes/receipts.js';
import { dates, homesOf, motion, voting, type Home } from './voting.js';
import { refusals, today, write, writers } from './write.js';

const { communityWorker, elsewhere, resident } = writers;

let service: TestSubgraph;
let database: Client;
let homes: Home[];
let votes: ReturnType<typeof voting>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  homes = await homesOf(database);
  votes = voting(service, database);
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

async function published(
  voteId: string,
): Promise<{ root: string; receipts: { receipt: string; option: number | null }[] }> {
  const { data } = await service.query(
    `query ($id: ID!) { ownersVote(id: $id) { receiptsRoot receipts(first: 200) { nodes { receipt option } } } }`,
    { id: voteId },
  );
  return { root: data.ownersVote.receiptsRoot, receipts: data.ownersVote.receipts.nodes };
}

describe('a vote', () => {
  test('is created only for a place that the caller is in charge of', async () => {
    expect(refusals(await write(service, 'createOwnersVote', { ...motion, ...dates }, elsewhere))).toEqual([
      'projectId NOT_ALLOWED',
    ]);
    const unknown = { ...motion, ...dates, projectId: 'project-x' };
    expect(refusals(await write(service, 'createOwnersVote', unknown, communityWorker))).toEqual([
      'projectId NOT_FOUND',
    ]);
  });

  test.each([
    ['a day that is over', { opensOn: today(-1) }, 'opensOn INVALID'],
    ['a last day before the first', { closesOn: today(-1) }, 'closesOn INVALID'],
    ['too long a time', { closesOn: today(61) }, 'closesOn INVALID'],
    ['options of a motion', { options: ['甲', '乙'] }, 'options INVALID'],
    ['a selection without options', { kind: 'SELECTION' }, 'options REQUIRED'],
    ['an option twice', { kind: 'SELECTION', options: ['甲', '甲'] }, 'options INVALID'],
    ['abstaining as an option', { kind: 'SELECTION', options: ['甲', '弃权'] }, 'options.1 INVALID'],
    ['a building of another estate', { buildingCodes: ['4403030010020100001'] }, 'buildingCodes NOT_FOUND'],
    ['a topic too long', { topic: '题'.repeat(101) }, 'topic TOO_LONG'],
  ])('is refused for %s', async (_, change, refusal) => {
    const before = await database.query('SELECT count(*) FROM owners_vote');
    const answer = await write(service, 'createOwnersVote', { ...motion, ...dates, ...change }, communityWorker);
    expect(refusals(answer)).toEqual([refusal]);
    expect((await database.query('SELECT count(*) FROM owners_vote')).rows).toEqual(before.rows);
  });

  test('is made once however often one submission is sent', async () => {
    const input = { ...motion, ...dates, idempotencyKey: 'same-submission' };
    const send = () => write(service, 'createOwnersVote', input, communityWorker, 'vote { id }');
    const all = await Promise.all(Array.from({ length: 8 }, send));
    expect(new Set(all.map(({ vote }) => vote.id)).size).toBe(1);
    const other = await write(service, 'createOwnersVote', { ...input, topic: '另一件事' }, communityWorker);
    expect(refusals(other)).toEqual(['idempotencyKey KEY_REUSED']);
  });

  test('opens once, by whoever saw it last, and not before its first day', async () => {
    const later = { ...motion, opensOn: today(3), closesOn: today(9) };
    const made = await write(service, 'createOwnersVote', later, communityWorker, 'vote { id version }');
    const open = (expectedVersion: number, as = communityWorker) =>
      write(service, 'openOwnersVote', { voteId: made.vote.id, expectedVersion }, as);
    expect(refusals(await open(made.vote.version))).toEqual(['voteId WRONG_STATE']);
    await database.query('UPDATE owners_vote SET opens_on = $2 WHERE id = $1', [made.vote.id, today()]);
    expect(refusals(await open(made.vote.version + 1))).toEqual(['expectedVersion CONFLICT']);
    expect(refusals(await open(made.vote.version, elsewhere))).toEqual(['voteId NOT_FOUND']);
    const all = await Promise.all(Array.from({ length: 8 }, () => open(made.vote.version)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const roll = await database.query('SELECT count(*)::int AS count FROM owners_vote_roll WHERE vote_id = $1', [
      made.vote.id,
    ]);
    expect(roll.rows[0].count).toBe(homes.length);
  });

  test('of some buildings has their homes on its roll and no others', async () => {
    const building = homes[0]!.unit.slice(0, 19);
    const { id } = await votes.openVote({ buildingCodes: [building] });
    const outside = homes.find(({ unit }) => !unit.startsWith(building))!;
    expect(refusals(await votes.cast(id, outside, 1))).toEqual(['unitCode NOT_ALLOWED']);
    expect((await votes.cast(id, homes[0]!, 1)).userErrors).toEqual([]);
  });
});

describe('a ballot', () => {
  test('is taken once for a home, however many cast for it at the same time', async () => {
    const { id } = await votes.openVote();
    const home = homes[3]!;
    const all = await Promise.all(Array.from({ length: 32 }, (_, i) => votes.cast(id, home, (i % 3) + 1)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const others = all.filter(({ userErrors }) => userErrors.length > 0);
    expect(new Set(others.flatMap(refusals))).toEqual(new Set(['unitCode DUPLICATE']));
    const { rows } = await database.query('SELECT voted FROM owners_vote WHERE id = $1', [id]);
    expect(rows[0].voted).toBe(1);
    const box = await database.query('SELECT cardinality(ballots) AS count FROM owners_vote_box WHERE vote_id = $1', [
      id,
    ]);
    expect(box.rows[0].count).toBe(1);
  });

  test('is taken from an owner alone', async () => {
    const { id } = await votes.openVote();
    const { unit, owner } = homes[5]!;
    const stranger = homes.find((home) => home.owner !== owner)!;
    const as = (residentId: string) =>
      write(service, 'castBallot', { voteId: id, unitCode: unit, option: 1 }, resident(residentId));
    expect(refusals(await as(stranger.owner))).toEqual(['unitCode NOT_ALLOWED']);
    const household = { ...resident(owner), by: [] };
    expect(refusals(await write(service, 'castBallot', { voteId: id, unitCode: unit, option: 1 }, household))).toEqual([
      'unitCode NOT_ALLOWED',
    ]);
    const { rows } = await database.query(
      'SELECT count(*)::int AS count FROM owners_vote_roll WHERE vote_id = $1 AND voted',
      [id],
    );
    expect(rows[0].count).toBe(0);
  });

  test('is refused for no option of the vote, a weak code, and a vote that is not open', async () => {
    const { id, version } = await votes.openVote();
    expect(refusals(await votes.cast(id, homes[0]!, 4))).toEqual(['option INVALID']);
    expect(refusals(await votes.cast(id, homes[0]!, 0))).toEqual(['option INVALID']);
    expect(refusals(await votes.cast(id, homes[0]!, 1, '1234'))).toEqual(['code INVALID']);
    expect(refusals(await votes.cast('nothing', homes[0]!, 1))).toEqual(['voteId NOT_FOUND']);
    const made = await write(service, 'createOwnersVote', { ...motion, ...dates }, communityWorker, 'vote { id }');
    expect(refusals(await votes.cast(made.vote.id, homes[0]!, 1))).toEqual(['voteId WRONG_STATE']);
    await votes.expire(id);
    expect(refusals(await votes.cast(id, homes[0]!, 1))).toEqual(['voteId CLOSED']);
    await votes.close(id, version);
    expect(refusals(await votes.cast(id, homes[0]!, 1))).toEqual(['voteId CLOSED']);
  });
});

describe('a vote that is decided', () => {
  /** Three in five in favour, the others against; two homes do not vote. */
  const choice = (i: number) => (i % 5 < 3 ? 1 : 2);

  test('comes to what was cast, and anybody can count its receipts anew', async () => {
    const { id, version } = await votes.openVote();
    expect(refusals(await votes.close(id, version))).toEqual(['voteId WRONG_STATE']);
    const voters = homes.slice(2);
    const receipts = await votes.castAll(id, voters, choice);
    const { rows } = await database.query(
      `SELECT v.voted, v.voted_area_m2 AS area, sum(r.area_m2)::int AS sum, count(*)::int AS lines FROM owners_vote v
       JOIN owners_vote_roll r ON r.vote_id = v.id AND r.voted WHERE v.id = $1 GROUP BY 1, 2`,
      [id],
    );
    expect(rows[0]).toEqual({ voted: voters.length, area: rows[0].sum, sum: rows[0].sum, lines: voters.length });
    await votes.expire(id);
    const inFavour = voters.filter((_, i) => choice(i) === 1).length;
    expect((await votes.close(id, version)).vote).toMatchObject({
      state: 'PASSED',
      chosen: 1,
      voted: voters.length,
      quorum: true,
      inFavour,
      against: voters.length - inFavour,
      abstained: 0,
      suppressed: false,
    });
    const list = await published(id);
    const counted = [1, 2, 3].map((option) => list.receipts.filter((each) => each.option === option).length);
    expect(counted).toEqual([inFavour, voters.length - inFavour, 0]);
    expect(receiptsRoot(list.receipts as { receipt: string; option: number }[], false)).toBe(list.root);
    // Every voter finds their own choice under the hash that their code gives.
    for (const [i, { code, receipt }] of receipts.entries()) {
      expect(
        createHash('sha256')
          .update(`${id}:${choice(i)}:${code}`)
          .digest('hex'),
      ).toBe(receipt);
      expect(list.receipts).toContainEqual({ receipt, option: choice(i) });
    }
    const { data } = await service.query(
      `query ($id: ID!, $receipt: ID!) { ownersVote(id: $id) { receiptProof(id: $receipt) { hash left } none: receiptProof(id: "0") { hash } } }`,
      { id, receipt: receipts[0]!.receipt },
    );
    expect(data.ownersVote.receiptProof.length).toBeGreaterThan(3);
    expect(data.ownersVote.none).toBeNull();
  });

  test('is closed once, and keeps its box no longer', async () => {
    const { id, version } = await votes.openVote();
    await votes.cast(id, homes[0]!, 1);
    await votes.expire(id);
    const all = await Promise.all(Array.from({ length: 8 }, () => votes.close(id, version)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(all.filter(({ vote }) => !vote).flatMap(refusals))).toEqual(new Set(['expectedVersion CONFLICT']));
    expect((await database.query('SELECT 1 FROM owners_vote_box WHERE vote_id = $1', [id])).rows).toEqual([]);
  });

  test('loses no ballot that was taken while it was being closed', async () => {
    const { id, version } = await votes.openVote({ buildingCodes: [homes[0]!.unit.slice(0, 19)] });
    const voters = homes.filter(({ unit }) => unit.startsWith(homes[0]!.unit.slice(0, 19)));
    const casting = voters.map((home, i) => votes.cast(id, home, choice(i)));
    const closing = (async () => {
      for (;;) {
        const answer = await votes.close(id, version);
        if (answer.vote) return answer.vote;
      }
    })();
    const taken = (await Promise.all(casting)).filter(({ userErrors }) => userErrors.length === 0);
    expect(taken).toHaveLength(voters.length);
    expect((await closing).voted).toBe(voters.length);
    const { rows } = await database.query('SELECT count(*)::int AS count FROM owners_ballot WHERE vote_id = $1', [id]);
    expect(rows[0].count).toBe(voters.length);
  });

  test('without a quorum fails, and tells nobody how the few voted', async () => {
    const { id, version } = await votes.openVote();
    await Promise.all(homes.slice(0, 3).map((home) => votes.cast(id, home, 1)));
    await votes.expire(id);
    expect((await votes.close(id, version)).vote).toMatchObject({
      state: 'REJECTED',
      chosen: null,
      quorum: false,
      inFavour: null,
      suppressed: true,
      options: [{ homes: null }, { homes: null }, { homes: null }],
    });
    const list = await published(id);
    expect(list.receipts.map(({ option }) => option)).toEqual([null, null, null]);
    expect(receiptsRoot(list.receipts as { receipt: string; option: number }[], true)).toBe(list.root);
  });

  test('between options is won by the one that more than half chose', async () => {
    const { id, version } = await votes.openVote({ kind: 'SELECTION', options: ['甲公司', '乙公司', '丙公司'] });
    await votes.castAll(id, homes, (i) => (i < 8 ? 1 : i < 14 ? 4 : 2));
    const { vote } = await votes.close(id, version);
    expect(vote).toMatchObject({ state: 'PASSED', chosen: 2, inFavour: null });
    expect(vote.options.map((each: { homes: number }) => each.homes)).toEqual([8, homes.length - 14, 0, 6]);
  });
});

test('an owner is told whether their home has voted, and nobody of what', async () => {
  const { id } = await votes.openVote();
  const home = homes[7]!;
  const ask = async () => {
    const { data } = await service.query(
      `query ($id: ID!, $r: [_Any!]!) { _entities(representations: $r) {
        ... on Resident { ownerships { unit { code } voted(id: $id) } } } }`,
      { id, r: [{ __typename: 'Resident', id: home.owner }] },
      { subject: resident(home.owner).subject!, scope: { UnitOwnership: ['self'], HousingUnit: ['none'] } },
    );
    return data._entities[0].ownerships.find(({ unit }: { unit: { code: string } }) => unit.code === home.unit).voted;
  };
  expect(await ask()).toBe(false);
  await votes.cast(id, home, 2);
  expect(await ask()).toBe(true);
});

test('whoever follows a vote is told its turnout as it grows, and no choice', async () => {
  const { id } = await votes.openVote();
  const progress = service.subscribe(
    'subscription ($id: ID!) { ownersVoteProgress(id: $id) { voted eligible quorum inFavour options { homes } } }',
    { id },
  );
  const first = progress.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await votes.cast(id, homes[0]!, 1);
  expect((await first).value.data.ownersVoteProgress).toEqual({
    voted: 1,
    eligible: homes.length,
    quorum: false,
    inFavour: null,
    options: [{ homes: null }, { homes: null }, { homes: null }],
  });
  await progress.return(undefined);
});
