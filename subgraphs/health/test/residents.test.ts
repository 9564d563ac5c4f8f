import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { households, type SyntheticResident } from '@linli/kit/population/households';
import { familyDoctorOf } from '@linli/kit/population/staff';
import { defaultSeed } from '@linli/kit/seeding/seed';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { Client } from 'pg';
import { mostRows } from '../src/queries/latest-of-resident.js';
import { subgraph } from '../src/subgraph.js';
import { settled } from './support/writing.js';

const residents = 3000;
let service: TestSubgraph;
let people: SyntheticResident[];

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents });
  await settled(service);
  people = [...households({ residents, seed: defaultSeed })].flatMap(({ members }) => members);
});

afterAll(() => service.close());

const fields = `id
  familyDoctor { id doctor doctorId package signedOn expiresOn facility { id } resident { id } }
  healthRecord { recordNo bloodType allergies chronicConditions lastCheckupOn facility { id } resident { id } }
  vaccinations { id vaccine dose vaccinatedOn facility { id } resident { id } }
  healthAppointments { id at service state facility { id } resident { id } }
  vaccinationsDue { id } homeBeds { id } careProgrammes { id } mentalHealthScreenings { id } mentalHealthReferrals { id }
  nurseryEnrolments { id }`;

async function patients(ids: string[], selection = fields): Promise<any[]> {
  const { data, errors } = await service.query(
    `query ($r: [_Any!]!) { _entities(representations: $r) { ... on Resident { ${selection} } } }`,
    { r: ids.map((id) => ({ __typename: 'Resident', id })) },
  );
  expect(errors).toBeUndefined();
  return data._entities;
}

async function sql(statement: string, values: unknown[] = []): Promise<any[]> {
  const client = new Client({ connectionString: service.databaseUrl });
  await client.connect();
  try {
    return (await client.query(statement, values)).rows;
  } finally {
    await client.end();
  }
}

const demo = ['demo-resident', 'demo-spouse', 'demo-child', 'demo-toddler', 'demo-elder'];

describe('the demo family', () => {
  test('everyone has a doctor, a record, a vaccination and an appointment at the clinic of their community', async () => {
    for (const [i, person] of (await patients(demo)).entries()) {
      expect(person.id).toBe(demo[i]);
      const { familyDoctor, healthRecord, vaccinations, healthAppointments } = person;
      for (const each of [familyDoctor, healthRecord, ...vaccinations, ...healthAppointments]) {
        expect(each.facility).toEqual({ id: 'community-health-440303001001-1' });
        expect(each.resident).toEqual({ id: demo[i] });
      }
      expect(vaccinations.length).toBeGreaterThan(0);
      expect(healthAppointments).toMatchObject([{ state: 'BOOKED' }]);
      expect(familyDoctor.doctorId).toBe('demo-family-doctor');
    }
  });

  test('the toddler has a child package, the elder a condition, the spouse a referral', async () => {
    const [toddler, elder] = await patients(['demo-toddler', 'demo-elder']);
    expect(toddler.familyDoctor.package).toBe('CHILD');
    expect(elder.healthRecord.chronicConditions.length).toBeGreaterThan(0);
    expect(elder.familyDoctor.package).toBe('CHRONIC');
    const { data } = await service.query(
      '{ mentalHealthReferrals(place: "440303001001", first: 200) { nodes { risk from { id } to resident { id } state referredOn } } }',
    );
    expect(data.mentalHealthReferrals.nodes).toContainEqual(
      expect.objectContaining({
        from: { id: 'community-health-440303001001-1' },
        to: '示例精神卫生专科医院',
        resident: { id: 'demo-spouse' },
      }),
    );
  });
});

describe('residents of the seeded population', () => {
  test('records, contracts and vaccinations belong to people there are', async () => {
    const known = new Set(people.map(({ id }) => id));
    for (const table of [
      'family_doctor_contract',
      'health_record',
      'vaccination',
      'vaccination_due',
      'health_appointment',
      'care_programme',
      'home_bed',
      'mental_health_screening',
      'mental_health_referral',
      'nursery_enrolment',
    ]) {
      const rows = await sql(`SELECT resident_id AS id FROM ${table}`);
      expect(rows.length).toBeGreaterThan(0);
      expect(rows.filter(({ id }) => !known.has(id))).toEqual([]);
    }
  });

  test('rows say where their resident lives, whose patient it is, and until when under 14', async () => {
    const expected = new Map(
      [...households({ residents, seed: defaultSeed })].flatMap((home) =>
        home.members.map((person) => {
          const doctor = familyDoctorOf(person, home);
          const until =
            person.age < 14 ? `${Number(person.birthDate.slice(0, 4)) + 14}${person.birthDate.slice(4)}` : null;
          return [person.id, { code: home.communityCode, doctor, until }] as const;
        }),
      ),
    );
    const over = await sql(`SELECT resident_id FROM family_doctor_contract WHERE state = 'EXPIRED'`);
    expect(over.length).toBeGreaterThan(10);
    for (const { resident_id } of over) expected.set(resident_id, { ...expected.get(resident_id)!, doctor: null });
    for (const table of [
      'family_doctor_contract',
      'health_record',
      'vaccination',
      'vaccination_due',
      'health_appointment',
      'care_programme',
      'home_bed',
    ]) {
      for (const row of await sql(
        `SELECT resident_id, community_code, handlers, to_char(minor_until, 'YYYY-MM-DD') AS until FROM ${table}`,
      )) {
        const { code, doctor, until } = expected.get(row.resident_id)!;
        expect(row).toMatchObject({ community_code: code, handlers: doctor === null ? [] : [doctor], until });
      }
    }
    const referrals = await sql('SELECT resident_id, community_code, handlers FROM mental_health_referral');
    for (const { resident_id, community_code, handlers } of referrals) {
      const { code, doctor } = expected.get(resident_id)!;
      expect([community_code, handlers.length]).toEqual([code, 1]);
      if (doctor !== null) expect(handlers).toEqual([doctor]);
    }
    expect(referrals.some((row) => expected.get(row.resident_id)!.doctor === null)).toBe(true);
  });

  test('everything about a person tells what it is scoped by, and whether it is about a minor today', async () => {
    const tables = [
      'family_doctor_contract',
      'health_record',
      'vaccination',
      'health_appointment',
      'mental_health_referral',
      'mental_health_screening',
    ];
    for (const table of tables) {
      const until = `UPDATE ${table} SET minor_until = $2 WHERE resident_id = $1`;
      await sql(until, ['demo-spouse', '9999-01-01']);
      await sql(until, ['demo-resident', '2000-01-01']);
    }
    const facts = '{ minor handlers communityCode }';
    const [young, old] = await patients(
      ['demo-spouse', 'demo-resident'],
      `familyDoctor ${facts} healthRecord ${facts} vaccinations ${facts} healthAppointments ${facts}`,
    );
    const told = (minor: boolean) => ({ minor, handlers: ['demo-family-doctor'], communityCode: '440303001001' });
    const all = (minor: boolean) => ({
      familyDoctor: told(minor),
      healthRecord: told(minor),
      vaccinations: [told(minor)],
      healthAppointments: [told(minor)],
    });
    expect([young, old]).toEqual([all(true), all(false)]);
    const { data } = await service.query(
      `{ mentalHealthReferrals(place: "440303001001") { nodes { resident { id } minor handlers communityCode } } }`,
    );
    expect(data.mentalHealthReferrals.nodes).toContainEqual({ resident: { id: 'demo-spouse' }, ...told(true) });
  });

  test('no key says anything of the person: none holds an ID number or a resident id', async () => {
    const keys = await sql(
      `SELECT record_no AS key FROM health_record UNION ALL SELECT id FROM family_doctor_contract
       UNION ALL SELECT id FROM vaccination UNION ALL SELECT id FROM health_appointment
       UNION ALL SELECT id FROM mental_health_referral UNION ALL SELECT id FROM mental_health_screening
       UNION ALL SELECT id FROM care_programme UNION ALL SELECT id FROM home_bed UNION ALL SELECT id FROM vaccination_due
       UNION ALL SELECT id FROM nursery_enrolment`,
    );
    expect(keys.filter(({ key }) => !/^[ecvamspbdn][0-9a-z]{12}$/.test(key))).toEqual([]);
  });

  test('children have the doses their age calls for, once each and not before birth', async () => {
    const children = people.filter(({ age }) => age <= 9).slice(0, 100);
    expect(children.length).toBeGreaterThan(50);
    const found = await patients(children.map(({ id }) => id));
    for (const [i, { vaccinations }] of found.entries()) {
      const { birthDate, age } = children[i]!;
      const doses = vaccinations.map(({ vaccine, dose }: { vaccine: string; dose: number }) => `${vaccine} ${dose}`);
      expect(new Set(doses).size).toBe(doses.length);
      expect(vaccinations.every(({ vaccinatedOn }: { vaccinatedOn: string }) => vaccinatedOn >= birthDate)).toBe(true);
      const dates = vaccinations.map(({ vaccinatedOn }: { vaccinatedOn: string }) => vaccinatedOn);
      expect(dates).toEqual([...dates].sort());
      if (age >= 5) expect(doses).toHaveLength(17);
      if (age >= 1) expect(doses).toEqual(expect.arrayContaining(['卡介苗 1', '乙肝疫苗 3']));
    }
  });

  test('a resident that health does not know has nothing, without an error', async () => {
    expect(await patients(['nobody'])).toEqual([
      {
        id: 'nobody',
        familyDoctor: null,
        healthRecord: null,
        vaccinations: [],
        healthAppointments: [],
        vaccinationsDue: [],
        homeBeds: [],
        careProgrammes: [],
        mentalHealthScreenings: [],
        mentalHealthReferrals: [],
        nurseryEnrolments: [],
      },
    ]);
  });

  test('appointments are the latest ones, latest first, and no more than the limit', async () => {
    await sql(
      `INSERT INTO health_appointment (id, resident_id, at, service, facility_id, state, community_code)
       SELECT 'extra-' || n, 'many-appointments', '2020-01-01T00:00:00Z'::timestamptz + n * interval '1 day',
         'GENERAL_PRACTICE', 'community-health-440303001001-1', 'ATTENDED', '440303001001' FROM generate_series(1, 60) n`,
    );
    const [person, other] = await patients(['many-appointments', 'demo-child'], 'healthAppointments { id }');
    expect(person.healthAppointments.map(({ id }: { id: string }) => id)).toEqual(
      Array.from({ length: mostRows }, (_, i) => `extra-${60 - i}`),
    );
    expect(other.healthAppointments).toHaveLength(1);
  });
});

describe('family-doctor contracts', () => {
  const list = (args: string) =>
    service.query(
      `query ($after: String) { familyDoctorContracts(${args}, after: $after) { totalCount
         nodes { id doctor doctorId expiresOn signedOn facility { id } } pageInfo { hasNextPage endCursor } } }`,
    );

  test('they are listed by place, page by page without gap or overlap', async () => {
    const seen: string[] = [];
    let after: string | null = null;
    let total: number;
    do {
      const { data }: { data?: any } = await service.query(
        `query ($after: String) { familyDoctorContracts(place: "440303", first: 13, after: $after) {
           totalCount nodes { id } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      seen.push(...data.familyDoctorContracts.nodes.map(({ id }: { id: string }) => id));
      total = data.familyDoctorContracts.totalCount;
      after = data.familyDoctorContracts.pageInfo.hasNextPage ? data.familyDoctorContracts.pageInfo.endCursor : null;
    } while (after);
    expect(seen.length).toBeGreaterThan(26);
    expect(seen).toHaveLength(total);
    const rows = await sql(`SELECT id FROM family_doctor_contract WHERE community_code LIKE '440303%'`);
    expect(seen).toEqual(rows.map(({ id }) => id).sort());
  });

  test('those that expire before a day, and those of a clinic, can be picked out', async () => {
    const facility = 'community-health-440303001001-1';
    const { data } = await list(`place: "4403", expiringBefore: "2026-01-01", facility: "${facility}", first: 200`);
    const [{ count }] = await sql(
      `SELECT count(*)::int AS count FROM family_doctor_contract WHERE expires_on < '2026-01-01' AND facility_id = $1`,
      [facility],
    );
    expect(count).toBeGreaterThan(0);
    expect(data.familyDoctorContracts.totalCount).toBe(count);
    for (const contract of data.familyDoctorContracts.nodes) {
      expect(contract.facility.id).toBe(facility);
      expect(contract.expiresOn < '2026-01-01').toBe(true);
      expect(contract.signedOn < contract.expiresOn).toBe(true);
    }
  });

  test('one is found by its id, and a doctor is the same person for every patient', async () => {
    const { data } = await list('place: "440303001", first: 200');
    const contracts = data.familyDoctorContracts.nodes;
    const names = new Map<string, string>(
      contracts.map(({ doctorId, doctor }: Record<string, string>) => [doctorId, doctor]),
    );
    expect(names.size).toBeLessThan(contracts.length);
    for (const { doctorId, doctor } of contracts) expect(doctor).toBe(names.get(doctorId));
    const one = await service.query('query ($id: ID!) { familyDoctorContract(id: $id) { id doctor } }', {
      id: contracts[0].id,
    });
    expect(one.data.familyDoctorContract).toEqual({ id: contracts[0].id, doctor: contracts[0].doctor });
    expect((await service.query('{ familyDoctorContract(id: "x") { id } }')).data).toEqual({
      familyDoctorContract: null,
    });
  });
});

test('referrals are filtered by state', async () => {
  const { data } = await service.query(`{
    all: mentalHealthReferrals(place: "4403", first: 200) { nodes { id state } }
    received: mentalHealthReferrals(place: "4403", state: RECEIVED, first: 200) { totalCount nodes { id state } } }`);
  const wanted = data.all.nodes.filter(({ state }: { state: string }) => state === 'RECEIVED');
  expect(data.received).toEqual({ totalCount: wanted.length, nodes: wanted });
  expect(wanted.length).toBeLessThan(data.all.nodes.length);
});
