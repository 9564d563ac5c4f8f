import { expect, test } from '@jest/globals';
import type { Subject } from '@linli/schema/subject';
import { askedOf, nameOf } from '../../src/policy/asked.js';

const worker: Subject = {
  id: 'somebody',
  roles: ['community-worker'],
  jurisdiction: ['440303001001'],
  purposes: ['service-handling'],
  scopes: [],
};

const nameFor = (subject: Subject, emergency = false) =>
  nameOf(askedOf({ subject, declaration: { purpose: 'service-handling' } }, emergency), false);

test('who differs in an issuer’s own roles alone is decided together', () => {
  const alsoOffline = { ...worker, roles: ['community-worker', 'default-roles-linli', 'offline_access'] };
  expect(nameFor(alsoOffline)).toBe(nameFor(worker));
});

test('who differs in a role, the department or break-glass access is decided apart', () => {
  const names = [
    nameFor(worker),
    nameFor({ ...worker, roles: ['community-worker', 'resident'] }),
    nameFor({ ...worker, department: 'health' }),
    nameFor(worker, true),
  ];
  expect(new Set(names).size).toBe(names.length);
});
