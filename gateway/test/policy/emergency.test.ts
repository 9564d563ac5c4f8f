import { expect, test } from '@jest/globals';
import type { Actor } from '../../src/policy/actor.js';
import { Emergencies } from '../../src/policy/emergency.js';

const hour = 60 * 60 * 1000;
const reason = '独居老人失联，需立即入户查看';
const actor = (declaration: Actor['declaration'], id = 'worker-1'): Actor => ({
  subject: { id, roles: ['grid-worker'], jurisdiction: [], purposes: ['emergency'], scopes: [] },
  declaration,
});

function open() {
  const clock = { now: 1_000_000 };
  const logged: [string, string, object | undefined][] = [];
  const emergencies = new Emergencies(
    (...line) => void logged.push(line as never),
    4 * hour,
    () => clock.now,
  );
  return { clock, logged, emergencies };
}
const declared = { purpose: 'emergency', caseNumber: 'E-1', emergencyReason: reason };

test('an emergency lasts its time from its first use, then is refused until another case is declared', () => {
  const { clock, emergencies } = open();
  const { until } = emergencies.of(actor(declared))!;
  expect(until).toEqual(new Date(1_000_000 + 4 * hour));
  clock.now += 4 * hour - 1;
  expect(emergencies.of(actor(declared))?.until).toEqual(until);
  clock.now += 1;
  expect(() => emergencies.of(actor(declared))).toThrow(/ended at .*Declare a new case number/);
  expect(emergencies.of(actor({ ...declared, caseNumber: 'E-2' }))?.until).toEqual(new Date(clock.now + 4 * hour));
});

test('the officer is told once, when it begins, and never the reason', () => {
  const { logged, emergencies } = open();
  emergencies.of(actor(declared));
  emergencies.of(actor(declared));
  emergencies.of(actor(declared, 'worker-2'));
  expect(logged.map(([level, , detail]) => [level, (detail as { subject: string }).subject])).toEqual([
    ['warn', 'worker-1'],
    ['warn', 'worker-2'],
  ]);
  expect(JSON.stringify(logged)).not.toContain(reason);
});

test.each([
  ['no reason', { purpose: 'emergency', caseNumber: 'E-1' }],
  ['no case number', { purpose: 'emergency', emergencyReason: reason }],
  ['another purpose', { purpose: 'service-handling', caseNumber: 'E-1', emergencyReason: reason }],
])('there is none with %s', (_, declaration) => {
  expect(open().emergencies.of(actor(declaration))).toBeUndefined();
});
