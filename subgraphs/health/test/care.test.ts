import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { households } from '@linli/kit/population/households';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { immunisationSchedule } from '../src/immunisation.js';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/writing.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 3000 });
  await settled(service);
});

afterAll(() => service.close());

async function sql(statement: string, values: unknown[] = []): Promise<any[]> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

async function resident(id: string, selection: string): Promise<any> {
  const { data, errors } = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { ${selection} } } }`,
    { r: [{ __typename: 'Resident', id }] },
  );
  expect(errors).toBeUndefined();
  return data._entities[0];
}

async function read(operation: string): Promise<any> {
  const { data, errors } = await service.query(operation);
  expect(errors).toBeUndefined();
  return data;
}

const place = 'place: "440303001001"';

describe('the demo family', () => {
  test('the elder has a bed at home with visits in order, and programmes with follow-ups', async () => {
    const elder = await resident(
      'demo-elder',
      `homeBeds { state doctorId nextVisitOn facility { id } visits { totalCount nodes { number staffId } } }
       careProgrammes { kind condition state followUps { totalCount nodes { number doneOn } } }`,
    );
    expect(elder.homeBeds).toMatchObject([{ state: 'OPEN', doctorId: 'demo-family-doctor' }]);
    const { nodes, totalCount } = elder.homeBeds[0].visits;
    expect(nodes.map(({ number }: { number: number }) => number)).toEqual(
      Array.from({ length: totalCount }, (_, i) => i + 1),
    );
    expect(totalCount).toBeGreaterThan(0);
    expect(elder.careProgrammes.map(({ kind }: { kind: string }) => kind).sort()).toEqual(['CHRONIC', 'ELDER']);
    for (const { kind, condition, followUps } of elder.careProgrammes) {
      expect(condition !== null).toBe(kind === 'CHRONIC');
      expect(followUps.totalCount).toBeGreaterThan(0);
    }
  });

  test('the toddler is in the nursery, in the care of children, and has doses to come that it has not had', async () => {
    const toddler = await resident(
      'demo-toddler',
      `nurseryEnrolments { state ageGroup nursery { id } } careProgrammes { kind }
       vaccinationsDue { vaccine dose dueOn } vaccinations { vaccine dose }`,
    );
    expect(toddler.nurseryEnrolments).toEqual([
      { state: 'ENROLLED', ageGroup: 'FROM_2_TO_3', nursery: { id: 'nursery-440303001001' } },
    ]);
    expect(toddler.careProgrammes).toEqual([{ kind: 'CHILD' }]);
    expect(toddler.vaccinationsDue.length).toBeGreaterThan(0);
    for (const { vaccine, dose } of toddler.vaccinationsDue) {
      const had = toddler.vaccinations.filter((each: { vaccine: string }) => each.vaccine === vaccine);
      expect(dose).toBe(had.length + 1);
    }
    const days = toddler.vaccinationsDue.map(({ dueOn }: { dueOn: string }) => dueOn);
    expect(days).toEqual([...days].sort());
  });

  test('the spouse has the screening that led to the referral, and its first step', async () => {
    const spouse = await resident(
      'demo-spouse',
      'mentalHealthScreenings { scale score risk } mentalHealthReferrals { risk professional { id } screening { id } steps { state staffId } version }',
    );
    expect(spouse.mentalHealthScreenings).toMatchObject([{ scale: 'PHQ_9' }]);
    expect(spouse.mentalHealthReferrals).toMatchObject([
      { risk: spouse.mentalHealthScreenings[0].risk, professional: null, steps: [{ state: 'REFERRED' }], version: 1 },
    ]);
  });
});

describe('lists by place', () => {
  test('beds, programmes, doses due, screenings and enrolments are filtered by what they can be filtered by', async () => {
    const data = await read(`{
      beds: homeBeds(${place}, state: OPEN) { nodes { state } totalCount }
      closed: homeBeds(place: "4403", state: CLOSED, first: 200) { nodes { state closedOn outcome } }
      soon: homeBeds(${place}, visitBefore: "2025-06-30") { totalCount }
      chronic: careProgrammes(place: "4403", kind: CHRONIC, state: ACTIVE, first: 200) { nodes { kind } totalCount }
      due: careProgrammes(place: "4403", dueBefore: "2025-07-15", first: 200) { nodes { nextDueOn } totalCount }
      doses: vaccinationsDue(place: "4403", dueBefore: "2025-07-01", first: 200) { nodes { dueOn } totalCount }
      high: mentalHealthScreenings(place: "4403", risk: HIGH, first: 200) { nodes { risk score scale } }
      enrolled: nurseryEnrolments(${place}, nursery: "nursery-440303001001", state: ENROLLED) { nodes { resident { id } } }
      gone: nurseryEnrolments(${place}, state: WITHDRAWN) { totalCount } }`);
    expect(data.beds.totalCount).toBeGreaterThan(0);
    expect(data.beds.nodes.every(({ state }: { state: string }) => state === 'OPEN')).toBe(true);
    for (const { state, closedOn, outcome } of data.closed.nodes) {
      expect([state, closedOn !== null, outcome]).toEqual(['CLOSED', true, 'IMPROVED']);
    }
    expect(data.soon.totalCount).toBe(0);
    expect(data.chronic.totalCount).toBeGreaterThan(3);
    expect(data.chronic.nodes.every(({ kind }: { kind: string }) => kind === 'CHRONIC')).toBe(true);
    expect(data.due.totalCount).toBeGreaterThan(0);
    expect(data.due.nodes.every(({ nextDueOn }: { nextDueOn: string }) => nextDueOn < '2025-07-15')).toBe(true);
    expect(data.doses.nodes.every(({ dueOn }: { dueOn: string }) => dueOn < '2025-07-01')).toBe(true);
    expect(data.high.nodes.length).toBeGreaterThan(0);
    for (const { risk, score, scale } of data.high.nodes) {
      expect(risk).toBe('HIGH');
      expect(score).toBeGreaterThanOrEqual(scale === 'GDS_15' ? 10 : 15);
    }
    expect(data.enrolled.nodes).toContainEqual({ resident: { id: 'demo-toddler' } });
    expect(data.gone.totalCount).toBe(0);
  });

  test('appointments are filtered by day in Shenzhen, clinic and state', async () => {
    const [{ facility, day }] = await sql(
      `SELECT facility_id AS facility, to_char(at AT TIME ZONE 'Asia/Shanghai', 'YYYY-MM-DD') AS day
       FROM health_appointment WHERE resident_id = 'demo-elder'`,
    );
    const { healthAppointments } = await read(
      `{ healthAppointments(${place}, facility: "${facility}", day: "${day}", state: BOOKED) { nodes { resident { id } } } }`,
    );
    expect(healthAppointments.nodes).toContainEqual({ resident: { id: 'demo-elder' } });
    const other = await read(`{ healthAppointments(${place}, day: "2020-01-01") { totalCount } }`);
    expect(other.healthAppointments.totalCount).toBe(0);
  });

  test('the next dose of a vaccine is one of the schedule, not before birth, and only children have some', async () => {
    const children = new Map(
      [...households({ residents: 3000, seed: defaultSeed })].flatMap(({ members }) =>
        members.filter(({ age }) => age <= 9).map(({ id, birthDate }) => [id, birthDate] as const),
      ),
    );
    const rows = await sql(
      `SELECT resident_id, vaccine, dose, to_char(due_on, 'YYYY-MM-DD') AS due FROM vaccination_due`,
    );
    expect(rows.length).toBeGreaterThan(20);
    for (const { resident_id, vaccine, dose, due } of rows) {
      const months = immunisationSchedule.find((each) => each.vaccine === vaccine)!.months;
      expect(dose).toBeLessThanOrEqual(months.length);
      expect(due >= children.get(resident_id)!).toBe(true);
    }
    const both = await sql(
      'SELECT count(*)::int AS count FROM vaccination_due d JOIN vaccination v USING (resident_id, vaccine, dose)',
    );
    expect(both).toEqual([{ count: 0 }]);
  });
});

describe('family doctors', () => {
  test('a community has two, who know how many contracts they have and tell only whether they take more', async () => {
    const { familyDoctors, familyDoctor, full } = await read(`{
      familyDoctors(${place}) { totalCount nodes { id name capacity acceptsContracts community { code } facility { id } } }
      familyDoctor(id: "demo-family-doctor") { id }
      full: familyDoctor(id: "nobody") { id } }`);
    expect(familyDoctors.nodes.map(({ id }: { id: string }) => id)).toEqual([
      'demo-family-doctor',
      'family-doctor-440303001001-2',
    ]);
    expect(familyDoctors.nodes[0]).toMatchObject({ acceptsContracts: true, community: { code: '440303001001' } });
    expect([familyDoctor, full]).toEqual([{ id: 'demo-family-doctor' }, null]);
    const wrong = await sql(
      `SELECT d.id FROM family_doctor d LEFT JOIN family_doctor_contract c ON c.doctor_id = d.id AND c.state = 'ACTIVE'
       GROUP BY d.id HAVING d.signed <> count(c.id)`,
    );
    expect(wrong).toEqual([]);
    await sql(`UPDATE family_doctor SET capacity = signed WHERE id = 'demo-family-doctor'`);
    const later = await read('{ familyDoctor(id: "demo-family-doctor") { acceptsContracts } }');
    expect(later.familyDoctor.acceptsContracts).toBe(false);
  });

  test('the name in a contract is that of the register', async () => {
    const wrong = await sql(
      'SELECT c.id FROM family_doctor_contract c JOIN family_doctor d ON d.id = c.doctor_id WHERE c.doctor <> d.name',
    );
    expect(wrong).toEqual([]);
  });
});

test('no nursery has more children than places taken', async () => {
  const over = await sql(
    `SELECT n.id FROM nursery n JOIN nursery_enrolment e ON e.nursery_id = n.id
     GROUP BY n.id HAVING count(*) > n.places - n.available_places`,
  );
  expect(over).toEqual([]);
});
