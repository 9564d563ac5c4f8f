import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { receiptsRoot } from '../src/votes/receipts.js';
import { refusals, today, write, writers } from './write.js';

const project = `project-${demoCommunity}-1`;
const { communityWorker, elsewhere, resident } = writers;

let service: TestSubgraph;
let database: Client;
/** Homes of the demo family's estate, with who owns them. */
let homes: { unit: string; owner: string }[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    `SELECT o.unit_code AS unit, o.owners[1] AS owner FROM unit_ownership o JOIN housing_unit u ON u.code = o.unit_code
     JOIN building b ON b.code = u.building_code WHERE b.project_id = $1 ORDER BY 1`,
    [project],
  );
  homes = rows;
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

const motion = { projectId: project, topic: '加装电梯', kind: 'MOTION', majority: 'ORDINARY' };
const dates = { opensOn: today(), closesOn: today(14) };

async function openVote(change: object = {}): Promise<{ id: string; version: number }> {
  const made = await write(
    service,
    'createOwnersVote',
    { ...motion, ...dates, ...change },
    communityWorker,
    'vote { id version state }',
  );
  expect(made.vote.state).toBe('SCHEDULED');
  const input = { voteId: made.vote.id, expectedVersion: made.vote.version };
  const { vote, userErrors } = await write(
    service,
    'openOwnersVote',
    input,
    communityWorker,
    'vote { id version state }',
  );
  expect(userErrors).toEqual([]);
  expect(vote.state).toBe('OPEN');
  return vote;
}

const cast = (voteId: string, { unit, owner }: { unit: string; owner: string }, option: number, code?: string) =>
  write(
    service,
    'castBallot',
    { voteId, unitCode: unit, option, code },
    resident(owner),
    'code receipt vote { voted }',
  );

/** Makes a vote one whose last day is over. */
const expire = (voteId: string) =>
  database.query('UPDATE owners_vote SET opens_on = opens_on - 30, closes_on = closes_on - 30 WHERE id = $1', [voteId]);

const close = (voteId: string, expectedVersion: number) =>
  write(
    service,
    'closeOwnersVote',
    { voteId, expectedVersion },
    communityWorker,
    'vote { state chosen voted quorum inFavour against abstained suppressed receiptsRoot options { homes } }',
  );

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
    const { id } = await openVote({ buildingCodes: [building] });
    const outside = homes.find(({ unit }) => !unit.startsWith(building))!;
    expect(refusals(await cast(id, outside, 1))).toEqual(['unitCode NOT_ALLOWED']);
    expect((await cast(id, homes[0]!, 1)).userErrors).toEqual([]);
  });
});

describe('a ballot', () => {
  test('is taken once for a home, however many cast for it at the same time', async () => {
    const { id } = await openVote();
    const home = homes[3]!;
    const all = await Promise.all(Array.from({ length: 32 }, (_, i) => cast(id, home, (i % 3) + 1)));
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
    const { id } = await openVote();
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
    const { id, version } = await openVote();
    expect(refusals(await cast(id, homes[0]!, 4))).toEqual(['option INVALID']);
    expect(refusals(await cast(id, homes[0]!, 0))).toEqual(['option INVALID']);
    expect(refusals(await cast(id, homes[0]!, 1, '1234'))).toEqual(['code INVALID']);
    expect(refusals(await cast('nothing', homes[0]!, 1))).toEqual(['voteId NOT_FOUND']);
    const made = await write(service, 'createOwnersVote', { ...motion, ...dates }, communityWorker, 'vote { id }');
    expect(refusals(await cast(made.vote.id, homes[0]!, 1))).toEqual(['voteId WRONG_STATE']);
    await expire(id);
    expect(refusals(await cast(id, homes[0]!, 1))).toEqual(['voteId CLOSED']);
    await close(id, version);
    expect(refusals(await cast(id, homes[0]!, 1))).toEqual(['voteId CLOSED']);
  });
});

describe('a vote that is decided', () => {
  /** Three in five in favour, the others against; two homes do not vote. */
  const choice = (i: number) => (i % 5 < 3 ? 1 : 2);

  test('comes to what was cast, and anybody can count its receipts anew', async () => {
    const { id, version } = await openVote();
    expect(refusals(await close(id, version))).toEqual(['voteId WRONG_STATE']);
    const voters = homes.slice(2);
    const receipts = await Promise.all(voters.map((home, i) => cast(id, home, choice(i))));
    const { rows } = await database.query(
      `SELECT v.voted, v.voted_area_m2 AS area, sum(r.area_m2)::int AS sum, count(*)::int AS lines FROM owners_vote v
       JOIN owners_vote_roll r ON r.vote_id = v.id AND r.voted WHERE v.id = $1 GROUP BY 1, 2`,
      [id],
    );
    expect(rows[0]).toEqual({ voted: voters.length, area: rows[0].sum, sum: rows[0].sum, lines: voters.length });
    await expire(id);
    const inFavour = voters.filter((_, i) => choice(i) === 1).length;
    expect((await close(id, version)).vote).toMatchObject({
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
    const { id, version } = await openVote();
    await cast(id, homes[0]!, 1);
    await expire(id);
    const all = await Promise.all(Array.from({ length: 8 }, () => close(id, version)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(all.filter(({ vote }) => !vote).flatMap(refusals))).toEqual(new Set(['expectedVersion CONFLICT']));
    expect((await database.query('SELECT 1 FROM owners_vote_box WHERE vote_id = $1', [id])).rows).toEqual([]);
  });

  test('loses no ballot that was taken while it was being closed', async () => {
    const { id, version } = await openVote({ buildingCodes: [homes[0]!.unit.slice(0, 19)] });
    const voters = homes.filter(({ unit }) => unit.startsWith(homes[0]!.unit.slice(0, 19)));
    const casting = voters.map((home, i) => cast(id, home, choice(i)));
    const closing = (async () => {
      for (;;) {
        const answer = await close(id, version);
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
    const { id, version } = await openVote();
    await Promise.all(homes.slice(0, 3).map((home) => cast(id, home, 1)));
    await expire(id);
    expect((await close(id, version)).vote).toMatchObject({
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
    const { id, version } = await openVote({ kind: 'SELECTION', options: ['甲公司', '乙公司', '丙公司'] });
    await Promise.all(homes.map((home, i) => cast(id, home, i < 8 ? 1 : i < 14 ? 4 : 2)));
    const { vote } = await close(id, version);
    expect(vote).toMatchObject({ state: 'PASSED', chosen: 2, inFavour: null });
    expect(vote.options.map((each: { homes: number }) => each.homes)).toEqual([8, homes.length - 14, 0, 6]);
  });
});

describe('who chose what', () => {
  const codes = new Map<string, string>();
  let voteId: string;
  const order = () =>
    [...homes].sort((a, b) =>
      createHash('sha256').update(a.unit).digest('hex') < createHash('sha256').update(b.unit).digest('hex') ? -1 : 1,
    );

  beforeAll(async () => {
    const vote = await openVote();
    voteId = vote.id;
    // One after the other, so that whatever keeps an order keeps this one.
    for (const [i, home] of order().entries()) {
      const { receipt } = await cast(voteId, home, (i % 2) + 1);
      codes.set(home.unit, receipt);
    }
  });

  test('is in no table: no row that holds a receipt or a choice holds a home or a resident', async () => {
    const { rows: tables } = await database.query(
      `SELECT table_name AS name FROM information_schema.tables WHERE table_schema = 'public' AND table_type = 'BASE TABLE'`,
    );
    const receipts = [...codes.values()];
    const owners = homes.flatMap(({ unit, owner }) => [unit, owner]);
    for (const { name } of tables) {
      const { rows } = await database.query(`SELECT t::text AS text FROM "${name}" t`);
      const holding = rows.filter(({ text }: { text: string }) => receipts.some((receipt) => text.includes(receipt)));
      for (const { text } of holding) expect(owners.filter((each) => text.includes(each))).toEqual([]);
      if (name !== 'owners_vote_box') expect([name, holding.length]).toEqual([name, 0]);
    }
  });

  test('is not told by any order: ballots of an open vote lie in one row, sorted by what nobody can foresee', async () => {
    const { rows } = await database.query('SELECT ballots FROM owners_vote_box WHERE vote_id = $1', [voteId]);
    expect(rows).toHaveLength(1);
    const inBox = rows[0].ballots.map((line: string) => line.split(':')[0]);
    expect(inBox).toEqual([...inBox].sort());
    expect(inBox).not.toEqual(order().map(({ unit }) => codes.get(unit)));
  });

  test('is not told by places and transactions of rows once it is decided', async () => {
    const { rows: before } = await database.query('SELECT version FROM owners_vote WHERE id = $1', [voteId]);
    await close(voteId, before[0].version);
    const { rows } = await database.query(
      'SELECT receipt, xmin::text AS transaction FROM owners_ballot WHERE vote_id = $1 ORDER BY ctid',
      [voteId],
    );
    expect(new Set(rows.map(({ transaction }) => transaction)).size).toBe(1);
    const stored = rows.map(({ receipt }) => receipt);
    expect(stored).toEqual([...stored].sort());
    expect(new Set(stored)).toEqual(new Set(codes.values()));
    const roll = await database.query(
      'SELECT DISTINCT xmin::text AS transaction FROM owners_vote_roll WHERE vote_id = $1',
      [voteId],
    );
    const casting = roll.rows.map(({ transaction }) => transaction);
    expect(casting.length).toBeGreaterThan(1);
    expect(casting).not.toContain(rows[0].transaction);
  });

  test('has no column of time or sequence in roll, box and ballots', async () => {
    const { rows } = await database.query(
      `SELECT table_name || '.' || column_name AS name, data_type, column_default FROM information_schema.columns
       WHERE table_name IN ('owners_vote_roll', 'owners_vote_box', 'owners_ballot', 'rating_turnout', 'rating_tally')`,
    );
    expect(rows.length).toBeGreaterThan(10);
    for (const { name, data_type: type, column_default: preset } of rows) {
      expect([name, /time|date|interval/.test(type), /nextval|now|gen_random/.test(preset ?? '')]).toEqual([
        name,
        false,
        false,
      ]);
    }
  });

  test('is in no event: those of a vote hold numbers and states', async () => {
    const events = (await eventsIn(service.databaseUrl)).filter(({ key }) => key === voteId);
    const counts = events.filter(({ type }) => type === 'OwnersVoteTurnout');
    expect(counts).toHaveLength(homes.length);
    expect(counts.map(({ data }) => data['voted'])).toEqual(homes.map((_, i) => i + 1));
    expect(new Set(counts.flatMap(({ data }) => Object.keys(data)))).toEqual(
      new Set(['voteId', 'voted', 'votedAreaM2', 'eligible']),
    );
    expect(events.map(({ type }) => type).filter((type) => type !== 'OwnersVoteTurnout')).toEqual([
      'OwnersVoteCreated',
      'OwnersVoteOpened',
      'OwnersVoteClosed',
    ]);
    const said = JSON.stringify(events);
    for (const { unit, owner } of homes) expect(said.includes(unit) || said.includes(owner)).toBe(false);
    for (const receipt of codes.values()) expect(said).not.toContain(receipt);
  });

  test('no key of a submission can name a ballot', async () => {
    const { errors } = await service.query(
      'mutation { castBallot(input: { voteId: "a", unitCode: "b", option: 1, idempotencyKey: "c" }) { receipt } }',
    );
    expect(errors?.[0]?.message).toContain('idempotencyKey');
  });
});

test('an owner is told whether their home has voted, and nobody of what', async () => {
  const { id } = await openVote();
  const home = homes[7]!;
  const ask = async () => {
    const { data } = await service.query(
      `query ($id: ID!, $r: [_Any!]!) { _entities(representations: $r) {
        ... on Resident { ownerships { unit { code } voted(id: $id) } } } }`,
      { id, r: [{ __typename: 'Resident', id: home.owner }] },
      { ...resident(home.owner), scope: { UnitOwnership: ['self'], HousingUnit: ['none'] } },
    );
    return data._entities[0].ownerships.find(({ unit }: { unit: { code: string } }) => unit.code === home.unit).voted;
  };
  expect(await ask()).toBe(false);
  await cast(id, home, 2);
  expect(await ask()).toBe(true);
});

test('whoever follows a vote is told its turnout as it grows, and no choice', async () => {
  const { id } = await openVote();
  const progress = service.subscribe(
    'subscription ($id: ID!) { ownersVoteProgress(id: $id) { voted eligible quorum inFavour options { homes } } }',
    { id },
  );
  const first = progress.next();
  await new Promise((resolve) => setTimeout(resolve, 300));
  await cast(id, homes[0]!, 1);
  expect((await first).value.data.ownersVoteProgress).toEqual({
    voted: 1,
    eligible: homes.length,
    quorum: false,
    inFavour: null,
    options: [{ homes: null }, { homes: null }, { homes: null }],
  });
  await progress.return(undefined);
});
