import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { DEPTH_MAX, canonicalText } from './canonical.ts';

const canonicalOf = (json: string): string | null => canonicalText(JSON.parse(json));

describe('the examples of RFC 8785', () => {
  it('serialises the literals, numbers and escapes of section 3.2.2', () => {
    const json = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`;
    expect(canonicalOf(json)).toBe(
      String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`,
    );
  });

  it('sorts keys by UTF-16 code units, as in section 3.2.3', () => {
    const json = String.raw`{
      "\u20ac": "Euro Sign",
      "\r": "Carriage Return",
      "\ufb33": "Hebrew Letter Dalet With Dagesh",
      "1": "One",
      "\ud83d\ude00": "Emoji: Grinning Face",
      "\u0080": "Control",
      "\u00f6": "Latin Small Letter O With Diaeresis"
    }`;
    expect(canonicalOf(json)).toBe(
      '{"\\r":"Carriage Return","1":"One","\u0080":"Control","ö":"Latin Small Letter O With Diaeresis","€":"Euro Sign","😀":"Emoji: Grinning Face","\ufb33":"Hebrew Letter Dalet With Dagesh"}',
    );
  });

  it.each([
    ['0000000000000000', '0'],
    ['8000000000000000', '0'],
    ['0000000000000001', '5e-324'],
    ['8000000000000001', '-5e-324'],
    ['7fefffffffffffff', '1.7976931348623157e+308'],
    ['ffefffffffffffff', '-1.7976931348623157e+308'],
    ['4340000000000000', '9007199254740992'],
    ['c340000000000000', '-9007199254740992'],
    ['4430000000000000', '295147905179352830000'],
    ['44b52d02c7e14af5', '9.999999999999997e+22'],
    ['44b52d02c7e14af6', '1e+23'],
    ['44b52d02c7e14af7', '1.0000000000000001e+23'],
    ['444b1ae4d6e2ef4e', '999999999999999700000'],
    ['444b1ae4d6e2ef4f', '999999999999999900000'],
    ['444b1ae4d6e2ef50', '1e+21'],
    ['3eb0c6f7a0b5ed8c', '9.999999999999997e-7'],
    ['3eb0c6f7a0b5ed8d', '0.000001'],
    ['41b3de4355555553', '333333333.3333332'],
    ['41b3de4355555554', '333333333.33333325'],
    ['41b3de4355555555', '333333333.3333333'],
    ['41b3de4355555556', '333333333.3333334'],
    ['41b3de4355555557', '333333333.33333343'],
    ['becbf647612f3696', '-0.0000033333333333333333'],
    ['43143ff3c1cb0959', '1424953923781206.2'],
  ])('writes the double %s of appendix B as %s', (bits, text) => {
    expect(canonicalText(Buffer.from(bits, 'hex').readDoubleBE())).toBe(text);
  });

  it.each(['7fffffffffffffff', '7ff0000000000000'])('has no text for the double %s', (bits) => {
    expect(canonicalText(Buffer.from(bits, 'hex').readDoubleBE())).toBeNull();
  });
});

describe('the canonical text', () => {
  it('does not depend on spaces, order of keys or the way a character is written', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const value: unknown = JSON.parse(json);
        const rewritten = JSON.stringify(reversed(value), null, 3);
        expect(canonicalOf(rewritten)).toBe(canonicalText(value));
      }),
    );
  });

  it('reads back as the value it was written for, and is its own canonical text', () => {
    fc.assert(
      fc.property(fc.jsonValue({ noUnicodeString: false }), (value) => {
        const text = canonicalText(value)!;
        expect(JSON.parse(text)).toEqual(JSON.parse(JSON.stringify(value)));
        expect(canonicalOf(text)).toBe(text);
      }),
    );
  });

  it('tells __proto__ and constructor from nothing at all', () => {
    expect(canonicalOf('{"constructor":1,"__proto__":{"a":2}}')).toBe(
      '{"__proto__":{"a":2},"constructor":1}',
    );
  });

  it('is there for the deepest nesting allowed, and not beyond', () => {
    const nested = (levels: number): string => '['.repeat(levels) + ']'.repeat(levels);
    expect(canonicalOf(nested(DEPTH_MAX))).toBe(nested(DEPTH_MAX));
    expect(canonicalOf(nested(DEPTH_MAX + 1))).toBeNull();
  });

  it('stays the same when thousands of other shapes have been seen in between', () => {
    const value = { b: 1, a: { d: 'x', c: null } };
    for (let i = 0; i < 10_000; i++) canonicalText({ [`z${i}`]: 1, a: 2 });
    expect(canonicalText(value)).toBe('{"a":{"c":null,"d":"x"},"b":1}');
    expect(canonicalText({ z9999: 1, a: 2 })).toBe('{"a":2,"z9999":1}');
  });
});

/** The same value with the keys of every object in the opposite order. */
function reversed(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(reversed);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).map(([key, inside]) => [key, reversed(inside)] as const);
  return Object.fromEntries(members.reverse());
}
