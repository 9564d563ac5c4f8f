import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { demoCommunity } from '@linli/kit/population/places';
import { eventsIn } from '@linli/kit/testing/outbox';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { refusals, today, write, writers, type Writer } from './write.js';

const { communityWorker, elsewhere, resident } = writers;
let service: TestSubgraph;
let database: Client;
let vacant: string[];
/** A vacant home that the demo resident owns. */
let own: string;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  database = new Client({ connectionString: service.databaseUrl });
  await database.connect();
  const { rows } = await database.query(
    `SELECT u.code, o.owners FROM housing_unit u LEFT JOIN unit_ownership o ON o.unit_code = u.code
     WHERE u.community_code = $1 AND NOT u.occupied AND u.usage = 'DWELLING' ORDER BY u.code`,
    [demoCommunity],
  );
  own = rows.find(({ owners }) => owners?.includes('demo-resident')).code;
  vacant = rows.map(({ code }) => code).filter((code) => code !== own);
}, 120_000);

afterAll(async () => {
  await database.end();
  await service.close();
});

let made = 0;
const lease = (unitCode: string, change: object = {}) => ({
  unitCode,
  householdId: `h-${++made}`,
  tenantId: `r-${made}`,
  occupantIds: [`r-${made}-1`],
  startsOn: today(),
  endsOn: today(400),
  monthlyRent: 4200,
  ...change,
});
const file = (input: object, as: Writer = communityWorker) =>
  write(
    service,
    'fileTenancy',
    input,
    as,
    'filing { id state version steps { state } } tenancy { id kind monthlyRent }',
  );
const unitOf = async (code: string) =>
  (await database.query('SELECT occupied, tenure, occupants FROM housing_unit WHERE code = $1', [code])).rows[0];

describe('a lease is filed', () => {
  test('for an empty home, which is lived in from then on', async () => {
    const input = lease(vacant[0]!);
    const { filing, tenancy, userErrors } = await file(input);
    expect(userErrors).toEqual([]);
    expect(filing).toMatchObject({ state: 'FILED', version: 1, steps: [{ state: 'FILED' }] });
    expect(tenancy).toMatchObject({ kind: 'RENTED', monthlyRent: 4200 });
    expect(await unitOf(vacant[0]!)).toEqual({
      occupied: true,
      tenure: 'RENTED',
      occupants: [input.tenantId, ...input.occupantIds],
    });
    const events = await eventsIn(service.databaseUrl);
    expect(events.find(({ type, key }) => type === 'TenancyFiled' && key === vacant[0])?.data).toEqual({
      filingId: filing.id,
      unitCode: vacant[0],
      householdId: input.householdId,
      communityCode: demoCommunity,
      state: 'FILED',
    });
  });

  test('by its owner, who then sees the filing; by nobody else who only wants to move in', async () => {
    const input = lease(own);
    expect(refusals(await file(input, resident(input.tenantId)))).toEqual(['unitCode NOT_ALLOWED']);
    expect(refusals(await file(input, elsewhere))).toEqual(['unitCode NOT_ALLOWED']);
    expect((await unitOf(own)).occupied).toBe(false);
    const { filing } = await file(input, resident('demo-resident'));
    const { data } = await service.query(
      `query ($id: ID!) { leaseFiling(id: $id) { id } }`,
      { id: filing.id },
      { subject: { residentId: 'demo-resident' }, scope: { LeaseFiling: ['self'] } },
    );
    expect(data.leaseFiling).toEqual({ id: filing.id });
  });

  test('by its tenant, where they live there already without a filing', async () => {
    const { rows } = await database.query(
      `SELECT t.* FROM tenancy t LEFT JOIN lease_filing f ON f.tenancy_id = t.id
       WHERE t.kind = 'RENTED' AND f.id IS NULL LIMIT 1`,
    );
    const [there] = rows;
    const input = lease(there.unit_code, { householdId: there.household_id, tenantId: there.tenant_id });
    const { tenancy, userErrors } = await file(input, resident(there.tenant_id));
    expect(userErrors).toEqual([]);
    expect(tenancy).toMatchObject({ id: there.id, monthlyRent: 4200 });
    expect(refusals(await file(input, resident(there.tenant_id)))).toEqual(['unitCode DUPLICATE']);
  });

  test('once for a home, however many want it at the same time', async () => {
    const all = await Promise.all(Array.from({ length: 16 }, () => file(lease(vacant[1]!))));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const others = all.filter(({ userErrors }) => userErrors.length > 0);
    expect(new Set(others.flatMap(refusals))).toEqual(new Set(['unitCode DUPLICATE']));
    const { rows } = await database.query('SELECT count(*)::int AS count FROM tenancy WHERE unit_code = $1', [
      vacant[1],
    ]);
    expect(rows[0].count).toBe(1);
  });

  test('once for a household, in whichever homes at the same time', async () => {
    const homes = vacant.slice(2, 10);
    const all = await Promise.all(homes.map((code) => file(lease(code, { householdId: 'h-everywhere' }))));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    const others = all.filter(({ userErrors }) => userErrors.length > 0);
    expect(new Set(others.flatMap(refusals))).toEqual(new Set(['householdId DUPLICATE']));
    const { rows } = await database.query('SELECT code FROM housing_unit WHERE code = ANY($1) AND occupied', [homes]);
    expect(rows).toHaveLength(1);
  });

  test('once for a submission that is sent again', async () => {
    const input = lease(vacant[11]!, { idempotencyKey: 'lease-again' });
    const all = await Promise.all(Array.from({ length: 4 }, () => file(input)));
    expect(all.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(all.map(({ filing }) => filing.id)).size).toBe(1);
  });

  test.each([
    ['an end before its beginning', { endsOn: today(-1) }, 'endsOn INVALID'],
    ['more than twenty years', { endsOn: today(21 * 366) }, 'endsOn INVALID'],
    ['no rent', { monthlyRent: 0 }, 'monthlyRent INVALID'],
    ['a code that is none', { unitCode: '123' }, 'unitCode INVALID'],
    ['a home that is not there', { unitCode: `${demoCommunity}0199999000101` }, 'unitCode NOT_FOUND'],
    [
      'too many who live there',
      { occupantIds: Array.from({ length: 21 }, (_, i) => `r-x${i}`) },
      'occupantIds TOO_MANY',
    ],
  ])('not with %s', async (_, change, refusal) => {
    expect(refusals(await file(lease(vacant[12]!, change)))).toEqual([refusal]);
    expect((await unitOf(vacant[12]!)).occupied).toBe(false);
  });
});

describe('a filed lease', () => {
  const renew = (filingId: string, expectedVersion: number, change: object = {}, as: Writer = communityWorker) =>
    write(
      service,
      'renewTenancy',
      { filingId, endsOn: today(800), monthlyRent: 4500, expectedVersion, ...change },
      as,
      'filing { version endsOn monthlyRent steps { state } }',
    );
  const end = (filingId: string, expectedVersion: number, as: Writer = communityWorker) =>
    write(
      service,
      'endTenancy',
      { filingId, reason: '到期退租', expectedVersion },
      as,
      'filing { state endedOn steps { state note } }',
    );

  test('is renewed by whoever saw it last, together with the registration behind it', async () => {
    const input = lease(vacant[13]!);
    const { filing, tenancy } = await file(input);
    expect(refusals(await renew(filing.id, 1, { endsOn: today(300) }))).toEqual(['endsOn INVALID']);
    expect(refusals(await renew(filing.id, 1, {}, elsewhere))).toEqual(['filingId NOT_FOUND']);
    const all = await Promise.all(Array.from({ length: 8 }, () => renew(filing.id, 1)));
    expect(all.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(1);
    expect(new Set(all.flatMap(refusals))).toEqual(new Set(['expectedVersion CONFLICT']));
    const { rows } = await database.query(
      'SELECT monthly_rent AS rent, ends_on::text AS ends FROM tenancy WHERE id = $1',
      [tenancy.id],
    );
    expect(rows[0]).toEqual({ rent: 4500, ends: today(800) });
  });

  test('ends once; its home is empty then and can be let again', async () => {
    const { filing } = await file(lease(vacant[14]!));
    expect(refusals(await end(filing.id, 1, resident('somebody')))).toEqual(['filingId NOT_FOUND']);
    const { filing: ended } = await end(filing.id, 1);
    expect(ended).toMatchObject({
      state: 'ENDED',
      endedOn: today(),
      steps: [{ state: 'FILED' }, { state: 'ENDED', note: '到期退租' }],
    });
    expect(await unitOf(vacant[14]!)).toEqual({ occupied: false, tenure: null, occupants: [] });
    expect(refusals(await end(filing.id, 2))).toEqual(['filingId WRONG_STATE']);
    expect(refusals(await renew(filing.id, 2))).toEqual(['filingId WRONG_STATE']);
    expect((await file(lease(vacant[14]!))).userErrors).toEqual([]);
  });
});
