import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { isCommunityCode, isPlaceCode, streetOf } from '../../src/identifiers/place-code.js';
import { isResidentIdNumber } from '../../src/identifiers/resident-id-number.js';
import {
  syntheticCreditCode,
  syntheticIdNumber,
  syntheticPhone,
  unassignedRegion,
} from '../../src/identifiers/synthetic.js';
import { isUnifiedSocialCreditCode } from '../../src/identifiers/unified-social-credit-code.js';

const day = fc
  .date({ min: new Date('1900-01-01'), max: new Date('2025-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

describe('resident ID numbers', () => {
  test('the example of GB 11643 is valid, with its check character X', () => {
    expect(isResidentIdNumber('11010519491231002X')).toBe(true);
    expect(isResidentIdNumber('440524188001010014')).toBe(true);
  });

  test('synthetic numbers are valid and lie in no assigned region', () => {
    fc.assert(
      fc.property(day, fc.integer({ min: 0, max: 999 }), (born, sequence) => {
        const number = syntheticIdNumber(born, sequence);
        expect(isResidentIdNumber(number)).toBe(true);
        expect(number.startsWith(unassignedRegion)).toBe(true);
      }),
    );
  });

  test('any single changed digit is noticed', () => {
    fc.assert(
      fc.property(
        day,
        fc.integer({ min: 0, max: 999 }),
        fc.integer({ min: 0, max: 16 }),
        fc.integer({ min: 1, max: 9 }),
        (born, sequence, at, by) => {
          const number = syntheticIdNumber(born, sequence);
          const changed = number.slice(0, at) + ((Number(number[at]) + by) % 10) + number.slice(at + 1);
          expect(isResidentIdNumber(changed)).toBe(false);
        },
      ),
    );
  });

  test('dates that do not exist, short numbers and lower case are refused', () => {
    for (const wrong of ['110105194902310020', '11010519491231002', '11010519491231002x', '']) {
      expect(isResidentIdNumber(wrong)).toBe(false);
    }
  });
});

describe('unified social credit codes', () => {
  test('a published code is valid', () => {
    expect(isUnifiedSocialCreditCode('91350100M000100Y43')).toBe(true);
  });

  test('synthetic codes are valid, changed ones are not', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('51', '52', '53', '91'),
        fc.integer({ min: 0, max: 999_999_999 }),
        fc.integer({ min: 0, max: 17 }),
        (registrar, serial, at) => {
          const code = syntheticCreditCode(registrar, serial);
          expect(isUnifiedSocialCreditCode(code)).toBe(true);
          const changed = code.slice(0, at) + (code[at] === '7' ? '8' : '7') + code.slice(at + 1);
          expect(isUnifiedSocialCreditCode(changed)).toBe(false);
        },
      ),
    );
  });

  test('the letters I, O, S, V and Z do not occur', () => {
    for (const letter of 'IOSVZ') expect(isUnifiedSocialCreditCode(`9135010${letter}M000100Y43`)).toBe(false);
  });
});

test('place codes have 4, 6, 9 or 12 digits', () => {
  for (const code of ['4403', '440303', '440303001', '440303001001']) expect(isPlaceCode(code)).toBe(true);
  for (const code of ['', '44', '44030', '4403030010010', '44030x']) expect(isPlaceCode(code)).toBe(false);
  expect(isCommunityCode('440303001')).toBe(false);
  expect(streetOf('440303001001')).toBe('440303001');
});

test('synthetic phone numbers lie in the 154 segment', () => {
  expect(syntheticPhone(4_294_967_295)).toMatch(/^154\d{8}$/);
});
