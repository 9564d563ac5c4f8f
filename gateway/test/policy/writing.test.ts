import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Answer, GuardedHub } from './support/guarded-hub.js';
import { startGuardedHub } from './support/guarded-hub.js';

let hub: GuardedHub;
beforeAll(async () => {
  hub = await startGuardedHub();
});
afterAll(() => hub.close());
beforeEach(() => void hub.written.splice(0));

const claims = (role: string, more: object) => ({ realm_access: { roles: [role] }, jurisdiction: [], ...more });
const resident = { claims: claims('resident', { resident_id: 'r-self', purposes: ['own-affairs'] }) };
const worker = {
  claims: claims('social-worker', { staff_id: 'worker-1', purposes: ['social-assistance', 'statistics'] }),
};
const assisting = { ...worker, headers: { 'linli-purpose': 'social-assistance' } };
const grid = { claims: claims('grid-worker', { jurisdiction: ['440303001001'], purposes: ['emergency'] }) };
const emergency = {
  ...grid,
  headers: {
    'linli-purpose': 'emergency',
    'linli-case-number': 'E-9',
    'linli-emergency-reason': encodeURIComponent('独居老人失联，需要立即联系家属'),
  },
};
const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions['code']);
const note = (input: string) => `mutation { note(input: ${input}) { resident { id name } } }`;

test('who may write does, and the answer shows of the row what they may read', async () => {
  const answer = await hub.ask(note('{ id: "r-self", text: "平安" }'), grid);
  expect(hub.written).toEqual([{ id: 'r-self', text: '平安' }]);
  expect(answer).toEqual({
    data: { note: { resident: { id: 'r-self', name: '张**' } } },
    extensions: { masked: ['note.resident.name'] },
  });
  const hidden = await hub.ask(note('{ id: "r-stranger", text: "平安" }'), grid);
  expect(hidden).toEqual({ data: { note: { resident: null } } });
});

test('what the declared purpose does not permit is not sent, and the denial says what to declare', async () => {
  const answer = await hub.ask(note('{ id: "r-self", text: "平安" }'), {
    ...worker,
    headers: { 'linli-purpose': 'statistics' },
  });
  expect(codes(answer)).toEqual(['FIELD_DENIED']);
  expect(answer.errors![0]).toMatchObject({
    message: 'Mutation.note was not run for you. Send "linli-purpose: social-assistance" if that is what you ask for.',
    path: ['note'],
  });
  expect(answer.data).toEqual({ note: null });
  expect(hub.written).toEqual([]);
});

test('a permit by relation lets a mutation run, and its department is told to which rows that holds', async () => {
  // The policy common.self permits residents to write everything of their own.
  const answer = await hub.ask('mutation { close(id: "r-self") { resident { id } } }', resident);
  expect(answer.data).toEqual({ close: { resident: { id: 'r-self' } } });
  expect(hub.department.writes.at(-1)).toMatchObject({ close: ['self'] });
  expect(codes(await hub.ask('mutation { close(id: "r-self") { resident { id } } }', grid))).toEqual([
    'GRAPHQL_VALIDATION_FAILED',
  ]);
});

test.each<[how: string, input: string, variables: object | undefined]>([
  ['as a literal', '{ id: "r-self", phone: "13900000000" }', undefined],
  ['as a null, which erases', '{ id: "r-self", phone: null }', undefined],
  ['deep in lists', '{ id: "r-self", then: [{ id: "r-self", then: { id: "r-self", phone: "1" } }] }', undefined],
  ['as a variable in an object', '{ id: "r-self", phone: $value }', { value: '13900000000' }],
  ['as a variable that is null', '{ id: "r-self", phone: $value }', { value: null }],
])('a field that its sender may not write now stops the whole request, given %s', async (_, input, variables) => {
  const mutation = variables ? note(input).replace('mutation', 'mutation($value: String)') : note(input);
  const answer = await hub.ask(mutation, { ...grid, ...(variables && { variables }) });
  expect(codes(answer)).toEqual(['INPUT_DENIED']);
  expect(answer.errors![0]!.extensions).toMatchObject({
    argument: 'Mutation.note(input:) NoteInput.phone',
    coordinate: 'Resident.phone',
  });
  expect(answer.data).toBeUndefined();
  expect(hub.written).toEqual([]);
  expect((await hub.ask(mutation, { ...emergency, ...(variables && { variables }) })).errors).toBeUndefined();
  expect(hub.written).toHaveLength(1);
});

test('a field that is left out is not written', async () => {
  const mutation = note('{ id: "r-self", phone: $value }').replace('mutation', 'mutation($value: String)');
  expect((await hub.ask(mutation, { ...grid, variables: {} })).errors).toBeUndefined();
  expect(hub.written).toEqual([{ id: 'r-self' }]);
});

test('a field that its sender can never write is unknown to them, in the document and in the variables', async () => {
  const whole = 'mutation($input: NoteInput!) { note(input: $input) { resident { id } } }';
  for (const name of ['phone', 'qqqqq']) {
    const inline = await hub.ask(note(`{ id: "r-self", ${name}: "1" }`), assisting);
    expect(codes(inline)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
    expect(inline.errors![0]!.message).toContain(`Field "${name}" is not defined by type "NoteInput".`);
    const variable = await hub.ask(whole, { ...assisting, variables: { input: { id: 'r-self', [name]: '1' } } });
    expect(codes(variable)).toEqual(['BAD_USER_INPUT']);
    expect(variable.errors![0]!.message).toContain(`Field "${name}" is not defined by type "NoteInput".`);
  }
  expect(hub.written).toEqual([]);
  expect(
    (await hub.ask(whole, { ...assisting, variables: { input: { id: 'r-self', text: '平安' } } })).errors,
  ).toBeUndefined();
  expect(hub.written).toEqual([{ id: 'r-self', text: '平安' }]);
});
