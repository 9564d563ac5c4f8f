import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { homesOf, voting, type Home } from './voting.js';

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

describe('who chose what', () => {
  const codes = new Map<string, string>();
  let voteId: string;
  const order = () =>
    [...homes].sort((a, b) =>
      createHash('sha256').update(a.unit).digest('hex') < createHash('sha256').update(b.unit).digest('hex') ? -1 : 1,
    );

  beforeAll(async () => {
    const vote = await votes.openVote();
    voteId = vote.id;
    // One after the other, so that whatever keeps an order keeps this one.
    for (const [i, home] of order().entries()) {
      const { receipt } = await votes.cast(voteId, home, (i % 2) + 1);
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
    await votes.close(voteId, before[0].version);
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
