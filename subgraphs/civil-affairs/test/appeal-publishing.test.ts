import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { assertionHeader } from '@linli/schema/subject';
import { Pool } from 'pg';
import { subgraph } from '../src/subgraph.js';
import { appealClient, community, dataOfficer, me, resident, window } from './support/appeals.js';

let service: TestSubgraph;
let pool: Pool;
let appeals: ReturnType<typeof appealClient>;

beforeAll(async () => {
  service = await testSubgraph(subgraph, { residents: 2000 });
  pool = new Pool({ connectionString: service.databaseUrl });
  appeals = appealClient(service);
});

afterAll(async () => {
  await pool.end();
  await service.close();
});

describe('public summaries', () => {
  const publish = async (as: object, no: string, summary: string) => {
    const { data, errors } = await service.query(
      `mutation ($input: PublishAppealSummaryInput!) { publishAppealSummary(input: $input) {
         summary { id summary category closedIn community { code } } userErrors { field code message } } }`,
      { input: { no, summary } },
      as,
    );
    expect(errors).toBeUndefined();
    return data.publishAppealSummary;
  };
  const text = '居民反映夜间施工扰民，已由生态环境部门责令整改。';

  test('are read by anybody, without the appeal’s number, and replaced when published again', async () => {
    const { no } = await appeals.closed();
    const first = await publish(dataOfficer, no, text);
    expect(first).toMatchObject({
      userErrors: [],
      summary: { summary: text, category: 'NOISE', community: { code: community } },
    });
    const second = await publish(dataOfficer, no, `${text}感谢监督。`);
    expect(second.summary.id).toBe(first.summary.id);
    const { data } = await service.query(
      `{ appealSummaries(place: "${community}", first: 200) { nodes { id summary } } community(code: "${community}") { appealSummaries(first: 200) { nodes { id } } } }`,
      {},
      { subject: { jurisdiction: [] }, scope: { Community: ['none'] } },
    );
    expect(data.appealSummaries.nodes).toContainEqual({ id: first.summary.id, summary: `${text}感谢监督。` });
    expect(data.community.appealSummaries.nodes).toContainEqual({ id: first.summary.id });
    expect(JSON.stringify(data)).not.toContain(no);
  });

  test('hold nothing personal', async () => {
    const { no } = await appeals.closed();
    const name = (await pool.query(`SELECT name FROM resident WHERE id = 'demo-resident'`)).rows[0].name as string;
    for (const bad of [
      `${name}反映噪声，已处理。`,
      '请联系 13812345678，已处理。',
      '3栋502反映噪声，已处理。',
      '请写信到 a@example.com，已处理。',
      '每天夜里十一点以后仍在施工，影响休息。已处理。',
    ]) {
      expect((await publish(dataOfficer, no, bad)).userErrors).toMatchObject([{ field: ['summary'], code: 'INVALID' }]);
    }
  });

  test('are of closed appeals, and an officer’s to publish', async () => {
    const { no } = await appeals.answered();
    expect((await publish(dataOfficer, no, text)).userErrors).toMatchObject([{ field: ['no'], code: 'WRONG_STATE' }]);
    expect((await publish(window, no, text)).userErrors).toMatchObject([{ field: ['no'], code: 'NOT_FOUND' }]);
  });
});

describe('progress', () => {
  const operation = 'subscription ($no: ID!) { appealProgress(no: $no) { no state } }';

  test('is told step by step to whoever may see the appeal', async () => {
    const row = await appeals.submit(me);
    const stream = service.subscribe(operation, { no: row.no }, me);
    const first = stream.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    const accepted = await appeals.step('acceptAppeal', window, row);
    expect((await first).value).toMatchObject({ data: { appealProgress: { no: row.no, state: 'ACCEPTED' } } });
    const second = stream.next();
    await appeals.step('dispatchAppeal', window, accepted, { unit: community });
    expect((await second).value).toMatchObject({ data: { appealProgress: { state: 'DISPATCHED' } } });
    await stream.return(undefined);
  });

  test('of another’s appeal tells nothing, not even that something happened', async () => {
    const spouse = resident('demo-spouse');
    const [hidden, own] = await Promise.all([appeals.submit(me), appeals.submit(spouse)]);
    const { scope, standing } = spouse;
    const subject = { purposes: [], scopes: [], ...spouse.subject };
    const stop = new AbortController();
    const response = await fetch(service.url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        accept: 'text/event-stream',
        [assertionHeader]: await service.sign({ claims: { subject, scope, standing } }),
      },
      body: JSON.stringify({ query: operation, variables: { no: hidden.no } }),
      signal: stop.signal,
    });
    expect(response.status).toBe(200);
    let told = '';
    const reading = (async () => {
      for await (const chunk of response.body!.pipeThrough(new TextDecoderStream())) told += chunk;
    })().catch(() => undefined);
    const visible = service.subscribe(operation, { no: own.no }, spouse);
    const seen = visible.next();
    await new Promise((resolve) => setTimeout(resolve, 500));
    await appeals.step('acceptAppeal', window, hidden);
    await appeals.step('acceptAppeal', window, own);
    expect((await seen).value).toMatchObject({ data: { appealProgress: { no: own.no } } });
    stop.abort();
    await reading;
    await visible.return(undefined);
    expect(told).not.toContain('event: next');
  });
});
