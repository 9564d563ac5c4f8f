import { expect, test } from '@jest/globals';
import fc from 'fast-check';
import { LRUCache } from '../src/lru.js';

test('what was used longest ago is forgotten first', () => {
  const cache = new LRUCache<string, number>(2);
  cache.set('a', 1);
  cache.set('b', 2);
  cache.get('a');
  cache.set('c', 3);
  expect([cache.get('a'), cache.get('b'), cache.get('c')]).toEqual([1, undefined, 3]);
});

test('holds exactly the keys used last, as a plain list of uses would', () => {
  const uses = fc.array(
    fc.record({ key: fc.integer({ min: 0, max: 9 }), use: fc.constantFrom('get', 'set', 'delete') }),
    { maxLength: 60 },
  );
  fc.assert(
    fc.property(uses, fc.integer({ min: 1, max: 6 }), (steps, capacity) => {
      const cache = new LRUCache<number, number>(capacity);
      let model: number[] = [];
      for (const { key, use } of steps) {
        const known = model.includes(key);
        if (use === 'set') cache.set(key, key);
        else if (use === 'delete') cache.delete(key);
        else expect(cache.get(key)).toBe(known ? key : undefined);
        const used = use === 'set' || (use === 'get' && known);
        if (used || use === 'delete') model = model.filter((it) => it !== key);
        if (used) model = [...model, key].slice(-capacity);
      }
      expect(cache.size).toBe(model.length);
    }),
  );
});
