import { describe, expect, it } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { CLAIM_TYPES, type ClaimType } from './claim.ts';
import { examples } from './examples.ts';
import { jsonSchemas } from './json-schemas.ts';
import { readEnvelope } from './read.ts';

const schemas = jsonSchemas();
const ajv = new Ajv2020({ strict: true, strictRequired: false, allErrors: true });
const validators = new Map(
  CLAIM_TYPES.map((type) => [type, ajv.compile(schemas[`${type}/v1`] ?? false)] as const),
);

const isValid = (type: ClaimType, data: unknown): boolean => validators.get(type)!(data);

const isRead = (type: ClaimType, data: unknown): boolean =>
  readEnvelope({ specversion: '1.0', id: 'x', source: 'y', type, data }).ok;

describe('the JSON Schemas', () => {
  it('are one a type and version, each with an example that it accepts', () => {
    expect(Object.keys(schemas).sort()).toEqual(CLAIM_TYPES.map((type) => `${type}/v1`).sort());
    for (const type of CLAIM_TYPES) {
      expect(schemas[`${type}/v1`]).toMatchObject({ title: `${type}/v1` });
      expect([type, isValid(type, examples[type])]).toEqual([type, true]);
    }
  });

  it('accept what is read and refuse what is not, as another validator reads them', () => {
    const word = fc.constantFrom('split', 'exercise', 'transfer', 'disclosure', 'giant', 'USD');
    const date = fc.constantFrom('2024-02-29', '2023-02-29', '2024-33', '0000', '2024-02~');
    const figure = fc.constantFrom('0', '1', '0.5', '1.1', '-1', '1e3', '7.2998');
    const odd = fc.constantFrom<unknown>(7, -1, 1.5, true, {}, [], [{}], ['x'], undefined);
    const money = fc.record({ amount: figure, currency: word }, { requiredKeys: [] });
    const field = fc.oneof(word, date, figure, odd, money, fc.string({ maxLength: 3 }));
    const type = fc.constantFrom(...CLAIM_TYPES);
    fc.assert(
      fc.property(
        type.chain((ofType) => {
          const names = Object.keys(examples[ofType]);
          return fc.tuple(
            fc.constant(ofType),
            fc.dictionary(fc.constantFrom(...names), field, { maxKeys: 3 }),
          );
        }),
        ([ofType, change]) => {
          const data: unknown = JSON.parse(JSON.stringify({ ...examples[ofType], ...change }));
          expect(isValid(ofType, data)).toBe(isRead(ofType, data));
        },
      ),
      { numRuns: 2000 },
    );
  });

  it('state the rules between fields', () => {
    const stake = examples['stake-changed'];
    const { holder, ...split } = { ...stake, kind: 'split' };
    expect(holder).toBe('giant');
    expect(isValid('stake-changed', split)).toBe(true);
    expect(isValid('stake-changed', { ...split, holder })).toBe(false);
    const { low, ...figure } = examples['figure-stated'];
    expect(low).toBe('10');
    expect(isValid('figure-stated', figure)).toBe(false);
  });
});
