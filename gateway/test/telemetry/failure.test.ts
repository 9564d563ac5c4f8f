import { expect, test } from '@jest/globals';
import { failureOf, isPlainName } from '../../src/telemetry/failure.js';

const person = '张建国 440303195001011234';

test('an unexpected error is told by its class, its code and its place', () => {
  const error = Object.assign(new RangeError(person), { code: 'ERR_OUT_OF_RANGE' });
  expect(failureOf(error)).toEqual({
    error: 'RangeError',
    code: 'ERR_OUT_OF_RANGE',
    at: expect.stringMatching(/^failure\.test\.ts:\d+:\d+$/) as unknown,
  });
});

test.each([
  ['a message', new Error(person)],
  ['a message that looks like a stack', new Error(`x\n    at ${person} (440303195001011234.js:1:1)`)],
  ['a name', Object.assign(new Error('x'), { name: person })],
  ['a code', Object.assign(new Error('x'), { code: person })],
  ['a code that is a number in disguise', Object.assign(new Error('x'), { code: 'R440303195001011234' })],
  ['a cause', new Error('x', { cause: new Error(person) })],
  ['another thing that was thrown', person],
  ['an object that was thrown', { message: person }],
])('%s never shows', (_, error) => {
  expect(JSON.stringify(failureOf(error))).not.toMatch(/张|440303/);
});

test('names of programs are plain, values of people are not', () => {
  expect(['INTERNAL_SERVER_ERROR', 'P2002', 'clinics', '_entities', '__typename'].filter(isPlainName)).toHaveLength(5);
  expect([person, '13800138000', 'a b', '', 'x'.repeat(65), 7, undefined].filter(isPlainName)).toEqual([]);
});
