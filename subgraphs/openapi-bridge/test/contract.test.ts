import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { platformFiles, schemaFile } from '@linli/schema/files';
import { platforms } from '@linli/schema/platforms';
import { platformContract } from '../src/contract.js';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'linli-openapi-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const openapi = {
  openapi: '3.0.3',
  info: { title: '停车', version: '1' },
  paths: {
    '/lots/{lot-no}/spaces': { get: { operationId: 'spaces', responses: {} } },
    '/lots': {
      get: {
        operationId: 'lots',
        summary: '停车场。',
        parameters: [
          { name: 'open', in: 'query', required: true, description: '是否开放', schema: { type: 'boolean' } },
        ],
        responses: {
          200: {
            description: 'ok',
            content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Lot' } } } },
          },
          default: { description: '错误', content: { 'application/json': { schema: { type: 'object' } } } },
        },
      },
      post: { operationId: 'addLot', responses: { 200: { description: 'ok' } } },
    },
  },
  components: {
    schemas: {
      Lot: {
        type: 'object',
        description: '停车场。',
        required: ['no', 'kind'],
        properties: {
          no: { type: 'string', description: '编号' },
          kind: { $ref: '#/components/schemas/Kind' },
          owner: { type: 'string', description: '经营者' },
          tags: { type: 'array', items: { type: 'string', maxLength: 5 }, description: '标签' },
          free: { type: 'integer', format: 'int64', minimum: 0, description: '空位' },
        },
      },
      Kind: { type: 'string', enum: ['open-air', 'DECK'], description: '类型。' },
    },
  },
};

const fields = {
  target: '$.paths["/lots"].get',
  update: { 'x-linli-fields': [{ type: 'Query', name: 'lots', level: 'L1' }] },
};
const lot = { target: '$.components.schemas.Lot', update: { 'x-linli-type': { name: 'ParkingLot', level: 'L1' } } };
const kind = {
  target: '$.components.schemas.Kind',
  update: { 'x-linli-enum': { values: { 'open-air': '露天', DECK: '立体' } } },
};
const owner = {
  target: '$.components.schemas.Lot.properties.owner',
  update: { 'x-linli-field': { level: 'L3', mask: 'NAME' } },
};

/** The contract that an overlay's actions make of the document. */
async function made(actions: readonly object[], document: object = openapi): Promise<string> {
  const files = { openapi: join(folder, 'a.openapi.json'), overlay: join(folder, 'a.overlay.json') };
  writeFileSync(files.openapi, JSON.stringify(document));
  writeFileSync(files.overlay, JSON.stringify({ overlay: '1.0.0', info: { title: 't', version: '1' }, actions }));
  return platformContract('a', files);
}

test.each(platforms)('the contract of %s is what its two files make', async (platform) => {
  const committed = readFileSync(schemaFile(`${platform}.graphql`), 'utf8');
  expect(await platformContract(platform, platformFiles(platform))).toBe(committed);
  expect(await platformContract(platform, platformFiles(platform))).toBe(committed);
});

describe('a contract', () => {
  test('has what is published and nothing else', async () => {
    expect((await made([fields, lot, kind, owner])).replace(/^#.*\n\n/, '')).toBe(`type Query {
  "停车场。"
  lots(
    "是否开放"
    open: Boolean!
  ): [ParkingLot!] @classified(level: L1)
}

"停车场。"
type ParkingLot @classified(level: L1) {
  "编号"
  no: String!
  ""
  kind: Kind!
  "经营者"
  owner: String @classified(level: L3, mask: NAME)
  "标签"
  tags: [String!]
  "空位"
  free: Int
}

"类型。"
enum Kind {
  "露天"
  open_air
  "立体"
  DECK
}
`);
  });

  test('lacks what the overlay removes', async () => {
    const remove = { target: '$.components.schemas.Lot.properties["owner","tags"]', remove: true };
    const contract = await made([fields, lot, kind, remove]);
    expect(contract).toContain('  free: Int');
    expect(contract).not.toMatch(/owner|tags/);
  });
});

describe('two files that do not fit are refused:', () => {
  const key = { target: '$.components.schemas.Lot', update: { 'x-linli-type': { key: 'no' } } };
  const extend = (type: string, from: object = {}) => ({
    target: '$.paths["/lots"].get["x-linli-fields"]',
    update: { type, name: 'more', level: 'L1', from },
  });
  test.each([
    [
      'an action without a target there',
      [fields, lot, kind, { ...owner, target: '$.paths["/none"]' }],
      /selects nothing/,
    ],
    ['a target that is none', [{ target: '$..[', update: {} }], /is no JSONPath/],
    ['nothing published', [lot, kind], /no operation has x-linli-fields/],
    ['a type without a level', [fields, { ...lot, update: { 'x-linli-type': {} } }, kind], /x-linli-type: level/],
    ['a misspelt word', [fields, lot, kind, { ...owner, update: { 'x-linli-field': { leveI: 'L3' } } }], /leveI/],
    ['a type that is not published', [fields, kind], /not published: name its schema/],
    ['an enumeration that is not described', [fields, lot], /x-linli-enum/],
    [
      'a value without a description',
      [fields, lot, { ...kind, update: { 'x-linli-enum': { values: { DECK: '立体' } } } }],
      /does not describe open-air/,
    ],
    [
      'a scalar that the hub does not have',
      [fields, lot, kind, { ...owner, update: { 'x-linli-field': { scalar: 'Owner' } } }],
      /scalar Owner, which schema\/shared.graphql does not have/,
    ],
    ['a key without a lookup', [fields, lot, kind, key], /needs both key and lookup/],
    ['a field of nobody', [fields, extend('Community'), lot, kind], /adds a field to Community/],
    [
      'a value from nowhere',
      [fields, extend('ParkingLot', { open: 'closed' }), lot, kind],
      /which ParkingLot does not have/,
    ],
    ['a parameter of nobody', [fields, extend('ParkingLot', { shut: 'no' }), lot, kind], /lots does not take/],
    [
      'a type to which nothing leads',
      [
        fields,
        lot,
        kind,
        { target: '$.components.schemas', update: { X: { type: 'object', 'x-linli-type': { level: 'L1' } } } },
      ],
      /no field leads to it/,
    ],
    [
      'an operation that writes',
      [fields, lot, kind, { target: '$.paths["/lots"].post', update: fields.update }],
      /post \/lots cannot answer fields/,
    ],
  ])('%s', async (_, actions, message) => {
    await expect(made(actions)).rejects.toThrow(message);
  });
});
