import { once } from 'node:events';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { people, startGuardedHub, type GuardedHub } from '../policy/support/guarded-hub.js';
import { startService } from '../support/service.js';
import { recordDatabase, type RecordDatabase } from './record-database.js';

const here = '440303001001';
const resident = { sub: 'u-self', realm_access: { roles: ['resident'] }, resident_id: 'r-self' };
const grid = { sub: 'u-grid', realm_access: { roles: ['grid-worker'] }, jurisdiction: [here] };
const social = { sub: 'u-social', realm_access: { roles: ['social-worker'] }, staff_id: 'worker-1' };
const purposes = ['service-handling', 'emergency'];
const assigned = {
  claims: { ...social, purposes },
  headers: {
    'linli-purpose': 'service-handling',
    'linli-legal-basis': encodeURIComponent('社会救助暂行办法'),
    'linli-case-number': 'SZ-1',
  },
};
const reason = '老人摔倒，急需联系家属';

let records: RecordDatabase;
let hub: GuardedHub;

beforeAll(async () => {
  records = await recordDatabase();
});
afterAll(() => records.drop());
beforeEach(async () => {
  hub = await startGuardedHub({ disclosures: records.url });
});
afterEach(() => hub.close());

interface RecordRow {
  id: string;
  reader: string;
  residents: string[];
  row_count: number;
  operation_name: string | null;
  [column: string]: unknown;
}

/** What was recorded since, the newest first. */
async function recorded(work: () => Promise<unknown>): Promise<RecordRow[]> {
  const known = new Set((await all()).map(({ id }) => id));
  await work();
  return (await all()).filter(({ id }) => !known.has(id));
}
const all = async () => (await records.owner.query<RecordRow>('SELECT * FROM disclosure_record ORDER BY id')).rows;
const ofResidents = async (record: string) => {
  const text = 'SELECT * FROM disclosure WHERE record_id = $1 ORDER BY resident_id';
  return (await records.owner.query<Record<string, unknown>>(text, [record])).rows;
};

describe('what an answer shows of anybody is on record when it is received', () => {
  test('who was shown what of whom, what for, and what of it masked', async () => {
    const who = { claims: { ...grid, purposes }, headers: { 'linli-purpose': 'service-handling' } };
    const [record, ...others] = await recorded(() => hub.ask('query Round { residents { name phone } }', who));
    expect(others).toEqual([]);
    const fields = [
      { coordinate: 'Resident.name', effect: 'MASKED' },
      { coordinate: 'Resident.phone', effect: 'MASKED' },
    ];
    // Whose a row is was not asked for, and the stranger lives elsewhere.
    const whose = ['r-self', 'r-spouse', 'r-child'];
    expect(record).toMatchObject({
      reader: 'u-grid',
      staff_id: null,
      roles: ['grid-worker'],
      purpose: 'service-handling',
      emergency: false,
      operation_name: 'Round',
      operation_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
      policies: expect.stringMatching(/^[0-9a-f]+$/),
      residents: whose,
      coordinates: ['Resident.name', 'Resident.phone'],
      row_count: 3,
      entries: [{ type: 'Resident', whose, rows: 3, fields }],
    });
    const each = await ofResidents(record!.id);
    expect(each.map(({ resident_id }) => resident_id)).toEqual([...whose].sort());
    expect(each).toContainEqual(expect.objectContaining({ own: false, fields, roles: ['grid-worker'] }));
  });

  test('in full, for the duty and the case that were declared, with parts of the row', async () => {
    const [record] = await recorded(() =>
      hub.ask('{ resident(id: "r-self") { name livesAlone visits { note } place { code } } }', assigned),
    );
    const full = (coordinate: string) => ({ coordinate, effect: 'FULL' });
    expect(record).toMatchObject({
      staff_id: 'worker-1',
      legal_basis: '社会救助暂行办法',
      case_number: 'SZ-1',
      residents: ['r-self'],
      entries: [{ fields: ['Resident.name', 'Resident.livesAlone', 'Resident.visits', 'Visit.note'].map(full) }],
    });
  });

  test('in full of oneself and masked of the household: each as it was, and one’s own is marked', async () => {
    const [record] = await recorded(() => hub.ask('{ residents { id name } }', { claims: resident }));
    const effects = (await ofResidents(record!.id)).map(({ resident_id, own, fields }) => [resident_id, own, fields]);
    // An id that is kept in masked rows is there as it is.
    const id = { coordinate: 'Resident.id', effect: 'FULL' };
    const name = (effect: string) => ({ coordinate: 'Resident.name', effect });
    expect(effects).toEqual([
      ['r-child', false, [id, name('MASKED')]],
      ['r-self', true, [id, name('FULL')]],
      ['r-spouse', false, [id, name('MASKED')]],
    ]);
  });

  test('under break-glass with the reason, which is not logged', async () => {
    const headers = {
      'linli-purpose': 'emergency',
      'linli-emergency-reason': encodeURIComponent(reason),
      'linli-case-number': 'E-1',
    };
    const [record] = await recorded(() =>
      hub.ask('{ resident(id: "r-self") { phone } }', { claims: { ...grid, purposes }, headers }),
    );
    expect(record).toMatchObject({ emergency: true, case_number: 'E-1', emergency_reason: reason });
    expect(record!['emergency_until']).toBeInstanceOf(Date);
    expect(hub.logged.join()).not.toContain(reason);
  });

  test.each([
    ['a stranger to nobody', '{ residents { name } }', undefined],
    ['what is no personal data', '{ residents { place { code } } }', grid],
    ['what is withheld from its reader', '{ residents { livesAlone report { text } } }', grid],
    ['nobody that is there', '{ resident(id: "r-none") { name } }', grid],
    ['somebody who is out of sight', '{ resident(id: "r-stranger") { name } }', grid],
  ])('but not %s', async (_, query, claims) => {
    expect(await recorded(() => hub.ask(query, claims ? { claims } : {}))).toEqual([]);
  });

  test('of what is sealed under no resident’s name: it does not exist for them, nor for a guardian', async () => {
    const [record] = await recorded(() => hub.ask('{ resident(id: "r-self") { name report { text } } }', assigned));
    const sealed = (coordinate: string) => ({ coordinate, effect: 'FULL', sealed: true });
    const name = { coordinate: 'Resident.name', effect: 'FULL' };
    expect(record).toMatchObject({
      residents: [],
      entries: [{ whose: ['r-self'], fields: [name, sealed('Resident.report'), sealed('Report.text')] }],
    });
    expect(await ofResidents(record!.id)).toMatchObject([{ resident_id: 'r-self', fields: [name] }]);
    const [alone] = await recorded(() => hub.ask('{ resident(id: "r-self") { report { text } } }', assigned));
    expect(await ofResidents(alone!.id)).toEqual([]);
  });

  test('on the disk, though its role is set to leave that for later', async () => {
    await records.owner.query(`
      CREATE TABLE said (setting text);
      CREATE FUNCTION say() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
        $$ BEGIN INSERT INTO said VALUES (current_setting('synchronous_commit')); RETURN NULL; END $$;
      CREATE TRIGGER say AFTER INSERT ON disclosure_record FOR EACH ROW EXECUTE FUNCTION say();
    `);
    await records.relaxed();
    try {
      await hub.ask('{ resident(id: "r-self") { name } }', { claims: resident });
      expect((await records.owner.query('SELECT setting FROM said')).rows).toEqual([{ setting: 'on' }]);
    } finally {
      await records.owner.query('DROP TRIGGER say ON disclosure_record; DROP FUNCTION say; DROP TABLE said');
    }
  });

  test('and no value is', async () => {
    await hub.ask('{ residents { name phone livesAlone visits { note } } }', assigned);
    const kept = JSON.stringify([await all(), (await records.owner.query('SELECT * FROM disclosure')).rows]);
    for (const value of [people.self.name, '张', people.self.phone, '13812', 'note of', 'secret of']) {
      expect(kept).not.toContain(value);
    }
  });
});

describe('an answer leaves after its record', () => {
  const ask = () => hub.ask('{ residents { name } }', { claims: resident });

  test('it waits as long as the record does', async () => {
    const unlock = await records.lock();
    let answered = false;
    const answer = ask().finally(() => (answered = true));
    while ((await records.waiting()) === 0) await new Promise(setImmediate);
    // What is public has nothing to wait for.
    expect((await hub.ask('{ __typename }', {})).data).toEqual({ __typename: 'Query' });
    expect(answered).toBe(false);
    await unlock();
    const { data } = await answer;
    expect(data!['residents']).toHaveLength(3);
  });

  test('it is held back where there can be none, and leaves again when there can', async () => {
    await ask();
    await records.close();
    const { data, errors, extensions } = await ask();
    expect(data).toBeNull();
    expect(extensions).toBeUndefined();
    expect(errors).toEqual([
      {
        message: expect.stringMatching(/could not be recorded, so it is held back.*Try again shortly/),
        extensions: { code: 'DISCLOSURE_NOT_RECORDED' },
      },
    ]);
    expect((await hub.ask('{ residents { place { code } } }', { claims: grid })).errors).toBeUndefined();
    await records.open();
    const [record] = await recorded(async () => expect((await ask()).errors).toBeUndefined());
    expect(record!.reader).toBe('u-self');
    const told = hub.logged.filter((line) => line.includes('recorded'));
    expect(told.map((line) => (JSON.parse(line) as { level: string }).level)).toEqual(['error', 'info']);
    expect(told.join()).not.toContain(people.self.name);
  });

  test('a mutation that has written says so', async () => {
    await records.close();
    const { data, errors } = await hub.ask('mutation { rename(id: "r-self") { name } }', { claims: resident });
    await records.open();
    expect(hub.written).toEqual([{ id: 'r-self' }]);
    expect(data).toBeNull();
    expect(errors![0]!.message).toMatch(/What the mutation wrote is written/);
  });
});

test('records of many answers at once are written together, none is lost and none is another’s', async () => {
  const callers = Array.from({ length: 64 }, (_, i) => ({
    claims: i % 2 ? { ...resident, sub: `u-${i}` } : { ...social, sub: `u-${i}`, purposes },
    headers: i % 2 ? undefined : assigned.headers,
    query: `query Of${i} { resident(id: "${i % 4 < 2 ? 'r-self' : 'r-spouse'}") { name phone } }`,
    whose: i % 4 < 2 ? 'r-self' : 'r-spouse',
  }));
  const rows = await recorded(() => Promise.all(callers.map(({ query, ...who }) => hub.ask(query, who))));
  expect(rows).toHaveLength(callers.length);
  for (const [i, { claims, whose }] of callers.entries()) {
    const record = rows.find(({ operation_name }) => operation_name === `Of${i}`)!;
    expect(record).toMatchObject({ reader: claims.sub, residents: [whose], row_count: 1 });
    expect(await ofResidents(record.id)).toMatchObject([{ resident_id: whose, own: i % 4 === 1 }]);
  }
  const { rows: writes } = await records.owner.query<{ xmin: string }>(
    'SELECT DISTINCT xmin::text FROM disclosure_record WHERE id = ANY($1)',
    [rows.map(({ id }) => id)],
  );
  expect(writes.length).toBeLessThan(callers.length);
});

test('the record of an answer is there though its gateway is killed as soon as it has answered', async () => {
  const { supergraph, policies, assertionKeyFile } = hub.files;
  const { child, ready } = startService({
    PORT: '0',
    LINLI_SUPERGRAPH: supergraph,
    LINLI_POLICIES: policies,
    LINLI_ASSERTION_KEY_FILE: assertionKeyFile,
    LINLI_ISSUER: hub.issuer.url,
    LINLI_DISCLOSURES_URL: records.url,
  });
  const { url } = await ready;
  const authorization = `Bearer ${await hub.issuer.token(resident)}`;
  const rows = await recorded(async () => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization },
      body: JSON.stringify({ query: 'query Last { resident(id: "r-self") { name } }' }),
    });
    const { data } = (await response.json()) as { data: object };
    child.kill('SIGKILL');
    expect(data).toEqual({ resident: { name: people.self.name } });
    await once(child, 'exit');
  });
  expect(rows).toMatchObject([{ operation_name: 'Last', residents: ['r-self'] }]);
});

describe('what was recorded stays as it is', () => {
  test.each([
    ['UPDATE disclosure_record SET reader = $$x$$'],
    ['DELETE FROM disclosure_record'],
    ['TRUNCATE disclosure_record'],
    ['UPDATE disclosure SET own = true'],
    ['DELETE FROM disclosure'],
    ['TRUNCATE disclosure'],
  ])('%s is refused to the owner of the tables', async (statement) => {
    await expect(records.owner.query(statement)).rejects.toThrow(/can only be added to/);
  });

  test('the role that adds can do nothing else', async () => {
    const { default: pg } = await import('pg');
    const client = new pg.Client({ connectionString: records.url });
    await client.connect();
    try {
      for (const statement of ['SELECT * FROM disclosure', 'DELETE FROM disclosure_record', 'DROP TABLE disclosure']) {
        await expect(client.query(statement)).rejects.toThrow(/permission denied|must be owner/);
      }
    } finally {
      await client.end();
    }
  });
});
