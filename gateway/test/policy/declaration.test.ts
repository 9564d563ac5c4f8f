import { describe, expect, test } from '@jest/globals';
import type { Subject } from '@linli/schema/subject';
import { actorOf } from '../../src/policy/actor.js';
import { readDeclaration } from '../../src/policy/declaration.js';
import { Refusal } from '../../src/errors.js';

const subject = (...purposes: string[]): Subject =>
  Object.freeze({ id: 's', roles: [], jurisdiction: [], purposes, scopes: [] });

function read(headers: Record<string, string>, who = subject('service-handling', 'emergency')) {
  return readDeclaration((name) => headers[name], who);
}

function refusal(headers: Record<string, string>, who?: Subject): { code: unknown; message: string } {
  try {
    read(headers, who);
  } catch (error) {
    if (error instanceof Refusal) return { code: error.errors[0]!.extensions.code, message: error.message };
  }
  throw new Error('Nothing was refused.');
}

describe('a request declares', () => {
  test('a purpose that was granted, a legal basis and a case number', () => {
    expect(
      read({
        'linli-purpose': 'service-handling',
        'linli-legal-basis': encodeURIComponent('社会救助暂行办法第四条'),
        'linli-case-number': 'SH-2025-0001',
      }),
    ).toEqual({ purpose: 'service-handling', legalBasis: '社会救助暂行办法第四条', caseNumber: 'SH-2025-0001' });
  });

  test('nothing, and acts for own affairs where that was granted', () => {
    expect(read({}, subject('own-affairs'))).toEqual({ purpose: 'own-affairs' });
    expect(read({})).toEqual({});
  });

  test('an emergency with its reason', () => {
    const reason = '独居老人失联，需立即入户查看';
    expect(read({ 'linli-purpose': 'emergency', 'linli-emergency-reason': encodeURIComponent(reason) })).toEqual({
      purpose: 'emergency',
      emergencyReason: reason,
    });
  });
});

describe('a declaration is refused', () => {
  test('where the purpose was not granted, with those that were', () => {
    expect(refusal({ 'linli-purpose': 'medical-care' })).toEqual({
      code: 'PURPOSE_NOT_GRANTED',
      message: 'The purpose "medical-care" was not granted to you. Declare one of: service-handling, emergency.',
    });
  });

  test.each([
    ['broken percent-encoding', { 'linli-case-number': '%E4%B8' }, /not valid percent-encoded UTF-8/],
    ['a text too long', { 'linli-legal-basis': 'x'.repeat(201) }, /has 201 characters; 200 are the most/],
    ['control characters', { 'linli-case-number': 'a%00b' }, /control characters/],
    [
      'a reason without the purpose',
      { 'linli-emergency-reason': 'somebody fell down' },
      /goes with "linli-purpose: emergency"/,
    ],
    ['a reason that says nothing', { 'linli-purpose': 'emergency', 'linli-emergency-reason': '急' }, /at least 10/],
  ])('for %s', (_, headers, message) => {
    const { code, message: said } = refusal(headers);
    expect(code).toBe('BAD_DECLARATION');
    expect(said).toMatch(message);
  });
});

test('the same subject with the same declaration is the same actor, and with another one is another', () => {
  const who = subject('service-handling', 'emergency');
  const actor = (purpose?: string) => actorOf(who, (name) => (name === 'linli-purpose' ? purpose : undefined));
  expect(actor('emergency')).toBe(actor('emergency'));
  expect(actor('emergency')).not.toBe(actor('service-handling'));
  expect(actor()).not.toBe(actor('service-handling'));
});
