import { randomUUID } from 'node:crypto';
import { beforeAll, expect, test } from '@jest/globals';
import { ask, linli } from '../support/test-hub.js';

const ownAffairs = { 'linli-purpose': 'own-affairs' };
const serviceHandling = { 'linli-purpose': 'service-handling' };
const statistics = { 'linli-purpose': 'statistics' };

const users = [
  'guardian',
  'resident',
  'community-worker',
  'grid-worker',
  'city-supervisor',
  'auditor',
  'security-officer',
] as const;
let tokens: Record<(typeof users)[number], string>;

beforeAll(async () => {
  const entries = await Promise.all(users.map(async (user) => [user, (await linli(['token', user])).trim()]));
  tokens = Object.fromEntries(entries) as typeof tokens;
});

/** Asks as a user who declares something. */
async function asked(query: string, user: keyof typeof tokens, declared: Readonly<Record<string, string>>) {
  const { data, errors } = await ask(query, tokens[user], undefined, declared);
  return { data: data as Record<string, any> | null, errors };
}

test('who saw a ward’s data is told a guardian, and nobody else', async () => {
  await asked('{ resident(id: "demo-child") { name } }', 'community-worker', serviceHandling);
  const query = '{ disclosuresOf(residentId: "demo-child", first: 1) { nodes { by { roles } fields { effect } } } }';
  const guardian = await asked(query, 'guardian', ownAffairs);
  expect(guardian).toEqual({
    data: { disclosuresOf: { nodes: [{ by: { roles: ['community-worker'] }, fields: [{ effect: 'MASKED' }] }] } },
  });
  expect((await asked(query, 'resident', ownAffairs)).data).toEqual({ disclosuresOf: { nodes: [] } });
  for (const user of ['community-worker', 'auditor'] as const) {
    expect((await asked(query, user, {})).data?.['disclosuresOf'] ?? null).toBeNull();
  }
});

test('the auditor finds who read what, and the security officer break-glass access with its reason', async () => {
  const reason = '老人在家摔倒，急需联系家属';
  const emergency = {
    'linli-purpose': 'emergency',
    'linli-emergency-reason': encodeURIComponent(reason),
    'linli-case-number': `E-${randomUUID()}`,
  };
  const seen = await asked('query Rescue { resident(id: "demo-elder") { phone } }', 'grid-worker', emergency);
  expect(seen.data!['resident']!.phone).toMatch(/^1\d{10}$/);
  const nodes =
    'nodes { reader staffId caseNumber operationName emergency { reason } entries { whose fields { effect } } }';
  const audited = await asked(
    `{ disclosures(first: 1, filter: { subject: "demo-elder", staff: "demo-grid-worker", emergency: true, coordinate: "Resident.phone" }) { ${nodes} } }`,
    'auditor',
    { 'linli-purpose': 'audit' },
  );
  const expected = {
    staffId: 'demo-grid-worker',
    caseNumber: emergency['linli-case-number'],
    operationName: 'Rescue',
    emergency: { reason },
    entries: [{ whose: ['demo-elder'], fields: [{ effect: 'FULL' }] }],
  };
  expect(audited.errors).toBeUndefined();
  expect(audited.data!['disclosures'].nodes).toMatchObject([expected]);
  expect(JSON.stringify(audited)).not.toContain(seen.data!['resident']!.phone);
  const reviewed = await asked(`{ emergencyDisclosures(first: 1) { ${nodes} } }`, 'security-officer', {});
  expect(reviewed.errors).toBeUndefined();
  expect(reviewed.data!['emergencyDisclosures'].nodes).toMatchObject([expected]);
  for (const [user, declared] of [
    ['security-officer', {}],
    ['auditor', {}],
    ['city-supervisor', statistics],
    ['resident', ownAffairs],
  ] as const) {
    const { data, errors } = await asked('{ disclosures { totalCount } }', user, declared);
    expect(data?.['disclosures'] ?? null).toBeNull();
    expect(errors).toBeDefined();
  }
});
