import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { StartError } from '@linli/kit/errors';
import { compareWithPrismaSchema } from '@linli/kit/testing/catalogue';
import { testSubgraph, type TestSubgraph } from '@linli/kit/testing/test-subgraph';
import { readAgreements } from '../src/settings.js';
import { connectors } from '../src/subgraph.js';
import { secret } from './platform.js';

let service: TestSubgraph;

beforeAll(async () => {
  service = await testSubgraph(connectors({}));
});

afterAll(() => service.close());

test('migrations make exactly what schema.prisma describes', async () => {
  const schema = fileURLToPath(new URL('../prisma', import.meta.url));
  const { migrated, described } = await compareWithPrismaSchema(service.databaseUrl, schema);
  expect(described.length).toBeGreaterThan(30);
  expect(migrated).toEqual(described);
});

test('the platforms of the plan are there, with what goes to them and comes from them', async () => {
  const { data } = await service.query(
    '{ platforms { code name feeds accepts active pending dead } platform(code: "x") { code } }',
  );
  expect(data.platform).toBeNull();
  expect(data.platforms.map(({ name }: { name: string }) => name).sort()).toEqual(
    ['i深圳', '一网统管（BIM/CIM）', '智慧物业', '深平安', '深治慧', '社区商业'].sort(),
  );
  for (const platform of data.platforms) expect(platform).toMatchObject({ active: true, pending: 0, dead: 0 });
});

test.each([
  ['not JSON', '{', 'it is not JSON'],
  ['a platform that there is not', '{"nobody":{"secret":"x"}}', 'is not as it should be'],
  ['a secret that is none', '{"shenpingan":{"secret":"s3cr3t-of-mine"}}', 'shenpingan.secret'],
  ['a place that is no URL', JSON.stringify({ shenpingan: { secret, url: 'shenpingan' } }), 'shenpingan.url'],
])('agreements with %s keep the service from starting, and no secret is told', (_, text, problem) => {
  const read = () => readAgreements({ LINLI_PLATFORMS: text });
  expect(read).toThrow(StartError);
  expect(read).toThrow(problem);
  expect(read).not.toThrow(/s3cr3t/);
});
