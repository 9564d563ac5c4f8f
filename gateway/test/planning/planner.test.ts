import { expect, test } from '@jest/globals';
import { nativePlanner, noOverride } from '../../src/planning/planner.js';
import { firstGeneration } from '../differential/fixtures/first-generation.js';
import { furniture, interfaceObjects, places } from '../differential/fixtures/interface-objects.js';
import { provisions } from '../differential/fixtures/provisions.js';
import { requirements } from '../differential/fixtures/requirements.js';
import { compose, link } from '../differential/universe.js';

test('asks a field’s owner for it where a subgraph provides the field on another way only', () => {
  const plan = nativePlanner(compose(provisions)).plan('{ shelf { books { author { name } } } }', noOverride);
  const text = JSON.stringify(plan);
  expect(text).toContain('{shelf{books{__typename id}}}');
  expect(text).toContain('"serviceName":"titles"');
});

test('keeps requirements of one field with different arguments apart, those of requirements too', () => {
  const plan = nativePlanner(compose(requirements)).plan('{ thing { plain fifth } }', noOverride);
  const text = JSON.stringify(plan);
  expect(text).toContain('_part_0_base: base');
  expect(text).toContain('_part_1_base: base(unit: \\"mm\\")');
  expect(text).not.toContain('_anchor');
});

test('does not send one value for two requirements where entities are asked for in one request', () => {
  const plan = nativePlanner(compose(requirements)).plan('{ thing { _0: friends { third other } } }', noOverride);
  const text = JSON.stringify(plan);
  expect(text).toMatch(/_part_\d_base: base\(unit: \\"mm\\"\)/);
  expect(text).toMatch(/_part_\d_base: base\((n: 2, unit: \\"km\\"|unit: \\"km\\", n: 2)\)/);
});

test('comes back to a subgraph for what an entity found elsewhere requires', () => {
  const plan = nativePlanner(compose(firstGeneration)).plan('{ me { reviews { author { signature } } } }', noOverride);
  expect(plan).toBeDefined();
});

test('asks each object type below an interface object for its own, with what it requires', () => {
  const plan = nativePlanner(compose(interfaceObjects)).plan(
    '{ books { similar { ... on Book { headline } ... on Film { stars } } } }',
    noOverride,
  );
  const text = JSON.stringify(plan);
  expect(text).toContain('"requires":[{"kind":"InlineFragment","typeCondition":"Book"');
  expect(text).toContain('"requires":[{"kind":"InlineFragment","typeCondition":"Film"');
  expect(text).not.toContain('_concrete');
  expect(text).not.toContain('_object_');
});

test('asks for a name that types have in different forms in a fetch for each form', () => {
  const plan = nativePlanner(compose(furniture)).plan(
    '{ dearest { ... on Chair { label } ... on Sofa { label } } }',
    noOverride,
  );
  const asking = operationsOf(plan).filter((text) => text.includes('name(lang: "zh")'));
  expect(asking.some((text) => text.includes('on Chair'))).toBe(true);
  expect(asking.some((text) => text.includes('on Sofa'))).toBe(true);
  expect(asking.filter((text) => text.includes('on Chair') && text.includes('on Sofa'))).toEqual([]);
});

test('asks a subgraph that knows two interfaces of one type by the key of each', () => {
  const plan = nativePlanner(compose(places)).plan('{ services { queue ... on School { visits } } }', noOverride);
  const text = JSON.stringify(plan);
  expect(text).toContain('"setValueTo":"Place"');
  expect(text).toContain('"setValueTo":"Service"');
  expect(text).not.toContain('_COPY_');
});

test('asks for the own type of what a subscription of an interface object brings, once for each event', () => {
  const subgraphs = {
    library: `${link}
      type Query { media: [Media!] }
      interface Media @key(fields: "id") { id: ID! }
      type Book implements Media @key(fields: "id") { id: ID! pages: Int }`,
    ratings: `${link}
      type Subscription { rated: Media }
      type Media @interfaceObject @key(fields: "id") { id: ID! stars: Int }`,
  };
  const plan = nativePlanner(compose({ name: 'events', subgraphs })).plan(
    'subscription { rated { stars ... on Book { pages } } }',
    noOverride,
  );
  expect(plan).toMatchObject({
    kind: 'Sequence',
    nodes: [
      { kind: 'Subscription', primary: { serviceName: 'ratings', operationKind: 'subscription' } },
      { kind: 'Flatten', path: [{ Field: 'rated' }], node: { serviceName: 'library' } },
    ],
  });
});

test('refuses a root field that no subgraph resolves', () => {
  const sdl = compose(firstGeneration).replace(
    'badge: Badge @join__field(graph: BADGES)',
    'badge: Badge @join__field(graph: BADGES, external: true)',
  );
  expect(sdl).toContain('external: true)\n');
  expect(() => nativePlanner(sdl).plan('{ badge { title } }', noOverride)).toThrow();
});

/** Texts of all fetches of a plan. */
function operationsOf(plan: unknown): string[] {
  const texts: string[] = [];
  JSON.stringify(plan, (key, value: unknown) => {
    if (key === 'operation') texts.push(String(value));
    return value;
  });
  return texts;
}
