import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { splitArray } from './split-array.ts';

describe('splitArray', () => {
  it('keeps the text of each element as it was written', () => {
    const elements = ['{"a": [1.0, 12345678901234567890]}', '"],\\"[{"', '1e400', '[]', 'null'];
    expect(splitArray(` [ ${elements.join(' ,\n ')} ] `)).toEqual(elements);
    expect(splitArray('[ ]')).toEqual([]);
    expect(splitArray('[""]')).toEqual(['""']);
  });

  it('finds the elements of any array, however it is laid out', () => {
    fc.assert(
      fc.property(fc.array(fc.jsonValue()), fc.constantFrom('', ' ', '\t'), (values, indent) => {
        const elements = splitArray(JSON.stringify(values, null, indent));
        expect(elements.map((text) => JSON.parse(text) as unknown)).toEqual(
          JSON.parse(JSON.stringify(values)),
        );
      }),
    );
  });
});
