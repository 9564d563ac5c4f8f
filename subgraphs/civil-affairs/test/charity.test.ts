import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { syntheticCreditCode } from '@linli/kit/identifiers/synthetic';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { subgraph } from '../src/subgraph.js';
import { communityWorker, officer, residentWriter, stranger, write, type Writer } from './support/writing.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 300 });
});

afterAll(() => service.close());

const communityCode = '440303001001';

describe('filing an organisation', () => {
  const file = (input: object, as: Writer = communityWorker) =>
    write(
      service,
      as,
      'fileOrganization',
      { communityCode, name: '示例邻里合唱队', kind: 'FILED_GROUP', ...input },
      'organization { id kind creditCode filedOn sponsor foundedIn }',
    );

  test('is done once for a name in a community, and needs no credit code where nothing is registered', async () => {
    const answers = await Promise.all(Array.from({ length: 6 }, () => file({ sponsor: '群众文化委员会' })));
    expect(answers.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('DUPLICATE'));
    expect(answers.find(({ organization }) => organization)!.organization).toMatchObject({
      kind: 'FILED_GROUP',
      creditCode: null,
      filedOn: expect.any(String),
      sponsor: '群众文化委员会',
    });
    const { data } = await service.query(`{ organizations(place: "${communityCode}", first: 1) { nodes { name } } }`);
    expect((await file({ name: data.organizations.nodes[0].name })).refused).toEqual(['DUPLICATE']);
  });

  test('checks the credit code of those that are registered, each kind with its own', async () => {
    const code = syntheticCreditCode('52', 999_000_001);
    const wrong = code.slice(0, 17) + (code.endsWith('0') ? '1' : '0');
    const registered = (creditCode: string | null, name: string) => file({ kind: 'SOCIAL_SERVICE', creditCode, name });
    expect((await registered(null, '示例甲')).refused).toEqual(['REQUIRED']);
    const other = await registered(syntheticCreditCode('51', 999_000_002), '示例甲');
    expect(other.userErrors[0]).toMatchObject({
      field: ['creditCode'],
      message: expect.stringContaining('以 52 开头'),
    });
    const { errors } = await service.query(
      'mutation ($input: FileOrganizationInput!) { fileOrganization(input: $input) { userErrors { code } } }',
      { input: { communityCode, name: '示例甲', kind: 'SOCIAL_SERVICE', creditCode: wrong } },
    );
    expect(errors?.[0]?.message).toContain('check');
    expect((await registered(code, '示例甲')).organization.creditCode).toBe(code);
    expect((await registered(code, '示例乙')).refused).toEqual(['DUPLICATE']);
  });

  test('is for staff of the place, and the department', async () => {
    expect((await file({ name: '示例丙' }, stranger)).refused).toEqual(['NOT_ALLOWED']);
    expect((await file({ name: '示例丙' }, officer)).refused).toEqual([]);
    const key = { name: '示例丁', idempotencyKey: 'filing-1' };
    expect((await file(key)).organization.id).toBe((await file(key)).organization.id);
  });
});

describe('a wish', () => {
  const selection = 'wish { id state version claimant { id } claimedBy { id } fund { spent } }';
  const wish = (input: object = {}, as: Writer = residentWriter('demo-resident', 'guardian')) =>
    write(
      service,
      as,
      'makeWish',
      { residentId: 'demo-child', title: '示例：想要篮球', cost: 80, fundId: `fund-${communityCode}`, ...input },
      selection,
    );
  const step = (as: Writer, name: string, row: any, input: object = {}) =>
    write(service, as, name, { id: row.id, expectedVersion: row.version, ...input }, selection);
  const neighbour = residentWriter('demo-spouse', 'none');

  test('is claimed by one neighbour of many, fulfilled by staff, and paid by the fund', async () => {
    const { wish: made } = await wish();
    const { fund } = made;
    const claims = await Promise.all(Array.from({ length: 6 }, () => step(neighbour, 'claimWish', made)));
    expect(claims.flatMap(({ refused }) => refused)).toEqual(Array(5).fill('CONFLICT'));
    const { wish: claimed } = claims.find(({ refused }) => refused.length === 0)!;
    expect(claimed).toMatchObject({ state: 'CLAIMED', claimant: { id: 'demo-spouse' } });
    expect((await step(communityWorker, 'fulfilWish', claimed, { spent: 5001 })).refused).toEqual(['TOO_MANY']);
    expect((await step(stranger, 'fulfilWish', claimed, { spent: 75 })).refused).toEqual(['NOT_FOUND']);
    const { wish: done } = await step(communityWorker, 'fulfilWish', claimed, { spent: 75 });
    expect(done).toMatchObject({ state: 'DONE', fund: { spent: fund.spent + 75 } });
    expect((await step(communityWorker, 'fulfilWish', done, { spent: 75 })).refused).toEqual(['WRONG_STATE']);
  });

  test('is not claimed by who made it, nor withdrawn by who claimed it', async () => {
    const { wish: own } = await wish({ residentId: 'demo-resident' }, residentWriter('demo-resident'));
    expect((await step(residentWriter('demo-resident', 'none'), 'claimWish', own)).refused).toEqual(['INVALID']);
    expect((await step(neighbour, 'claimWish', own, { organizationId: 'x' })).refused).toEqual(['NOT_ALLOWED']);
    const { wish: claimed } = await step(communityWorker, 'claimWish', own, {
      organizationId: `foundation-${communityCode}-1`,
    });
    expect(claimed).toMatchObject({ state: 'CLAIMED', claimedBy: { id: `foundation-${communityCode}-1` } });
    expect((await step(residentWriter('demo-spouse'), 'withdrawWish', claimed)).refused).toEqual(['NOT_FOUND']);
    expect((await step(residentWriter('demo-resident'), 'withdrawWish', claimed)).wish.state).toBe('WITHDRAWN');
    expect((await wish({ fundId: 'none' })).refused).toEqual(['NOT_FOUND']);
    expect((await wish({ residentId: 'demo-toddler' }, residentWriter('demo-spouse', 'self'))).refused).toEqual([
      'NOT_ALLOWED',
    ]);
  });

  test('costs the fund no more than it has', async () => {
    const wishes = await Promise.all(Array.from({ length: 40 }, () => wish({ cost: 5000 })));
    const claimed = await Promise.all(wishes.map(({ wish: row }) => step(neighbour, 'claimWish', row)));
    const answers = await Promise.all(
      claimed.map(({ wish: row }) => step(communityWorker, 'fulfilWish', row, { spent: 5000 })),
    );
    const { data } = await service.query(`{ communityFund(id: "fund-${communityCode}") { raised spent } }`);
    expect(data.communityFund.spent).toBeLessThanOrEqual(data.communityFund.raised);
    const paid = answers.filter(({ refused }) => refused.length === 0).length;
    const full = answers.filter(({ refused }) => refused[0] === 'FULL').length;
    expect(paid + full).toBe(40);
    expect(full === 0 || data.communityFund.raised - data.communityFund.spent < 5000).toBe(true);
  });
});

test('a donation point stands in a facility of its community', async () => {
  const open = (input: object, as: Writer = communityWorker) =>
    write(
      service,
      as,
      'openDonationPoint',
      { communityCode, name: '示例接收点', accepts: ['BOOKS', 'BOOKS'], openingHours: '周末 09:00-12:00', ...input },
      'point { accepts facility { id } }',
    );
  const facilityId = `party-service-centre-${communityCode}-1`;
  expect((await open({ facilityId })).point).toEqual({ accepts: ['BOOKS'], facility: { id: facilityId } });
  expect((await open({ facilityId: 'party-service-centre-440304001019-1' })).refused).toEqual(['NOT_FOUND']);
  expect((await open({ accepts: [] })).refused).toEqual(['INVALID']);
  expect((await open({}, stranger)).refused).toEqual(['NOT_ALLOWED']);
});
