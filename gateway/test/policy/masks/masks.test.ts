import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { geography } from '@linli/schema/geography';
import { maskOf } from '../../../src/policy/masks/masks.js';
import { maskMethods, type MaskMethod } from '../../../src/supergraph/classification.js';

const examples: Partial<Record<MaskMethod, [unknown, unknown][]>> = {
  NAME: [
    ['张三', '张**'],
    ['张三丰', '张**'],
    ['欧阳例', '欧阳**'],
    ['欧阳', '欧**'],
    ['司马例文', '司马**'],
    ['阿依古丽·例', '阿**'],
    ['买买提江·例·阿不都', '买**'],
    ['Example One', 'E**'],
    ['E\u0301mile Example', 'E\u0301**'],
    ['𠮷例浩', '𠮷**'],
    ['㛃例', '㛃**'],
    ['葛\u{e0100}例', '葛\u{e0100}**'],
    ['مثال واحد', 'م**'],
    [`a${'\u0301'.repeat(50)}b`, 'a**'],
    ['  张三', '张**'],
    ['张', '**'],
    ['', '**'],
    ['👨‍👩‍👧例', '**'],
    ['\u202e张三', '**'],
    ['\ud800张三', '**'],
    ['7号', '**'],
  ],
  ID_NUMBER: [
    ['449999199003071231', '44***************1'],
    ['44999919900307123x', '44***************X'],
    ['449999900307123', '******************'],
    ['E12345678', '******************'],
    ['', '******************'],
  ],
  PHONE: [
    ['13812345678', '138****5678'],
    ['+86 138-1234-5678', '138****5678'],
    ['0755-12345678', '***********'],
    ['+1 202 555 0100', '***********'],
    ['', '***********'],
  ],
  ADDRESS: [
    ['深圳市罗湖区桂园街道大塘龙示例花园2期1栋303房', '深圳市罗湖区桂园街道****'],
    ['广东省深圳市罗湖区桂园街道红岭路1号', '深圳市罗湖区桂园街道****'],
    ['罗湖区桂园街道红岭路1号', '深圳市罗湖区桂园街道****'],
    ['深圳市深汕特别合作区鹅埠镇1号', '深圳市深汕特别合作区鹅埠镇****'],
    ['深圳市福田区桂园街道1号', '深圳市福田区****'],
    ['深圳市红岭路1号', '深圳市****'],
    ['广东省红岭路1号', '****'],
    ['张三家小区3栋，深圳市罗湖区', '****'],
  ],
  DATE: [
    ['1990-03-07', '1990'],
    ['2024-05-01T08:30:00Z', '2024'],
    ['1990', '1990'],
    ['7 March 1990', null],
    ['1990年3月', null],
  ],
  PLATE: [
    ['粤B12345', '粤B*****'],
    ['粤BD12345', '粤B*****'],
    ['粤B·1234学', '粤B*****'],
    ['使123456', '*******'],
  ],
  EMAIL: [
    ['zhangsan@163.com', '***@163.com'],
    ['li@example.cn', '***@***'],
    ['@qq.com', '***@***'],
    ['no address', '***@***'],
  ],
  TEXT: [
    ['夜间噪声扰民', '****'],
    ['', '****'],
  ],
  BAND: [
    [37, 30],
    [4, 0],
    [186, 100],
    [3450, 3000],
    [-5, -10],
    [0.4, 0],
    [-0, 0],
    [NaN, null],
    [Infinity, null],
    ['37', null],
  ],
  WITHHOLD: [
    [true, null],
    ['a', null],
  ],
  KEEP: [
    ['HEAD', 'HEAD'],
    [false, false],
    [{ a: 1 }, null],
  ],
};

const everything = fc.anything({ withNullPrototype: true, withBigInt: true, withDate: true });
const anyText = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.string({ unit: 'grapheme' }),
  fc.string({ unit: fc.integer({ min: 0, max: 0xffff }).map((code) => String.fromCharCode(code)) }),
  fc.string({
    unit: fc.constantFrom('欧', '阳', '𠮷', '·', '*', 'e', '\u0301', '\u200d', '👩', 'א', '\u202e', ' ', '1'),
  }),
);
const runs = { numRuns: 2000 };

/** Texts of each method's own form, beside any others. */
const forms: Partial<Record<MaskMethod, fc.Arbitrary<string>>> = {
  ID_NUMBER: fc.stringMatching(/^\d{17}[\dXx]$/),
  PHONE: fc.stringMatching(/^(\+86 ?)?1\d{10}$/),
  DATE: fc
    .date({ min: new Date('1900-01-01'), max: new Date('2099-01-01'), noInvalidDate: true })
    .map((d) => d.toISOString()),
  PLATE: fc.stringMatching(/^粤[A-Z][A-Z0-9]{5,6}$/),
  EMAIL: fc
    .tuple(fc.stringMatching(/^[a-z0-9.]{1,20}$/), fc.constantFrom('qq.com', 'example.cn'))
    .map((p) => p.join('@')),
  ADDRESS: fc
    .tuple(fc.constantFrom(...geography.streets), fc.string({ unit: 'binary' }))
    .map(([street, rest]) => geography.districts.find(({ id }) => id === street.districtId)!.name + street.name + rest),
};
const textsOf = (method: MaskMethod) => fc.oneof(anyText, forms[method] ?? anyText);

describe.each(Object.entries(examples))('%s', (method, pairs) => {
  const mask = maskOf(method as MaskMethod);

  test.each(pairs)('shows %j as %j', (value, shown) => expect(mask(value)).toBe(shown));
});

describe.each(maskMethods)('%s, whatever it is given,', (method) => {
  const mask = maskOf(method);

  test('shows nothing of nothing', () => {
    expect(mask(null)).toBeNull();
    expect(mask(undefined)).toBeNull();
  });

  test('never throws, and gives a single value', () => {
    fc.assert(
      fc.property(everything, (value) => {
        const shown = mask(value);
        expect(shown === null || ['string', 'number', 'boolean'].includes(typeof shown)).toBe(true);
      }),
      runs,
    );
  });

  test('shows the same for the same, and nothing less when it is applied again', () => {
    const values = method === 'BAND' ? fc.oneof(fc.integer(), fc.double()) : textsOf(method);
    fc.assert(
      fc.property(values as fc.Arbitrary<unknown>, (value) => {
        expect(mask(value)).toBe(mask(value));
        expect(mask(mask(value))).toBe(mask(value));
      }),
      runs,
    );
  });
});

/** What may be shown of a text, by method: never more than this pattern has room for. */
const shapes: Partial<Record<MaskMethod, RegExp>> = {
  NAME: /^(?:\p{L}[\s\S]{0,3})?\*\*$/u,
  ID_NUMBER: /^(?:\d\d\*{15}[\dX]|\*{18})$/,
  PHONE: /^(?:1\d\d\*{4}\d{4}|\*{11})$/,
  DATE: /^\d{4}$/,
  PLATE: /^(?:\p{sc=Han}[A-Z]\*{5}|\*{7})$/u,
  EMAIL:
    /^\*{3}@(?:\*{3}|126\.com|139\.com|163\.com|189\.cn|(?:aliyun|foxmail|gmail|hotmail|icloud|outlook|qq|sina|sohu)\.com|yeah\.net)$/,
  TEXT: /^\*{4}$/,
};

describe('what is shown', () => {
  test.each(Object.keys(shapes) as MaskMethod[])('of %s has no room for more than its rule says', (method) => {
    fc.assert(
      fc.property(textsOf(method), (value) => {
        const shown = maskOf(method)(value);
        if (shown !== null) expect(shown).toMatch(shapes[method]!);
      }),
      runs,
    );
  });

  test('of an address is the name of a division, whatever the text', () => {
    const districts = new Map(geography.districts.map(({ id, name }) => [id, name]));
    const named = [...districts.values(), ...geography.streets.map((s) => districts.get(s.districtId)! + s.name)];
    const possible = new Set(['****', '深圳市****', ...named.map((name) => `深圳市${name}****`)]);
    fc.assert(
      fc.property(textsOf('ADDRESS'), (value) => expect(possible.has(maskOf('ADDRESS')(value) as string)).toBe(true)),
      runs,
    );
  });

  test('of a name is the same whatever follows the family name', () => {
    const given = fc.string({ unit: fc.constantFrom(...'三丰浩例文静𠮷·'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(fc.constantFrom(...'张王李赵钱孙'), given, (family, rest) => {
        expect(maskOf('NAME')(family + rest)).toBe(`${family}**`);
      }),
      runs,
    );
  });

  test('of an ID number is the same for every district, birth date and sequence', () => {
    const middle = fc.stringMatching(/^\d{15}$/);
    fc.assert(
      fc.property(middle, middle, (one, other) => {
        expect(maskOf('ID_NUMBER')(`44${one}X`)).toBe(maskOf('ID_NUMBER')(`44${other}X`));
      }),
      runs,
    );
  });

  test('of a phone number is the same for all ten thousand numbers between', () => {
    const shown = new Set(
      Array.from({ length: 10_000 }, (_, i) => maskOf('PHONE')(`138${String(i).padStart(4, '0')}5678`)),
    );
    expect([...shown]).toEqual(['138****5678']);
  });

  test('of a number is a bound that it is not below, and at least ten numbers share', () => {
    const mask = maskOf('BAND') as (value: number) => number;
    fc.assert(
      fc.property(fc.integer(), (value) => {
        const bound = mask(value);
        expect(bound).toBeLessThanOrEqual(value);
        for (let next = bound; next < bound + 10; next++) expect(mask(next)).toBe(bound);
      }),
      runs,
    );
  });
});
