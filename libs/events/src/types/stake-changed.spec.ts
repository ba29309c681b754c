import { describe, expect, it } from '@jest/globals';
import { examples } from '../examples.ts';
import { readEnvelope } from '../read.ts';

type Fields = Readonly<Record<string, unknown>>;

/** What is wrong with the example after a change of its fields; undefined removes one. */
function faultsOf(change: Fields): string[] {
  const type = 'stake-changed';
  const data: unknown = JSON.parse(JSON.stringify({ ...examples[type], ...change }));
  const reading = readEnvelope({ specversion: '1.0', id: 'x', source: 'y', type, data });
  return reading.ok
    ? []
    : reading.faults.map(({ code, pointer }) => `${code} ${pointer.replace('/data', '')}`);
}

const accepts = (change: Fields): void => {
  expect(faultsOf(change)).toEqual([]);
};

const refuses = (change: Fields, ...faults: string[]): void => {
  expect(faultsOf(change)).toEqual(faults);
};

describe('stake-changed', () => {
  const KINDS = ['issuance', 'transfer', 'repurchase', 'cancellation', 'disclosure', 'exit'];

  it.each(KINDS)('of kind %s has a holder and may have a class', (kind) => {
    accepts({ kind });
    accepts({ kind, stockClass: undefined });
    refuses({ kind, holder: undefined }, 'schema-violation /holder');
  });

  it.each(['conversion', 'exercise'])('of kind %s has a class', (kind) => {
    accepts({ kind });
    refuses(
      { kind, stockClass: undefined, holder: undefined },
      'schema-violation /holder',
      'schema-violation /stockClass',
    );
  });

  it('of kind split has no holder and may have a class', () => {
    accepts({ kind: 'split', holder: undefined });
    accepts({ kind: 'split', holder: undefined, stockClass: undefined });
    refuses({ kind: 'split' }, 'schema-violation /holder');
  });

  it('tells what is wrong between fields beside what is wrong in one', () => {
    refuses(
      { kind: 'exercise', stockClass: undefined, shares: 5, effectiveOn: '2024-02-31' },
      'number-for-decimal /shares',
      'schema-violation /effectiveOn',
      'schema-violation /stockClass',
    );
    refuses({ kind: 'gift', holder: undefined }, 'unknown-enum /kind');
  });

  it('may say nothing but that something changed', () => {
    const data = {
      transactionId: 't',
      company: 'c',
      holder: 'h',
      effectiveOn: '1998',
      kind: 'exit',
    };
    const silent = Object.keys(examples['stake-changed']).map(
      (field) => [field, undefined] as const,
    );
    accepts({ ...Object.fromEntries(silent), ...data });
  });

  it('has shares outstanding and parts of a ratio above zero, and may have a stake of zero', () => {
    accepts({ shares: '0', ownership: '0', toShares: '0' });
    refuses({ sharesOutstanding: '0' }, 'schema-violation /sharesOutstanding');
    refuses(
      { ratio: { numerator: '0', denominator: 2 } },
      'number-for-decimal /ratio/denominator',
      'schema-violation /ratio/numerator',
    );
  });

  it('compares with other holders', () => {
    refuses(
      { comparedWith: [{ holder: 'Rival', relation: 'bigger' }, {}] },
      'unknown-enum /comparedWith/0/relation',
      'schema-violation /comparedWith/0/holder',
      'schema-violation /comparedWith/1/holder',
      'schema-violation /comparedWith/1/relation',
    );
  });

  it.each(['acme', '0', '4paradigm', 'a-', `a${'-'.repeat(79)}`])(
    'knows the party %s',
    (holder) => {
      accepts({ holder });
    },
  );

  it.each(['', '-acme', 'Acme', 'acme ai', 'acme_ai', 'acmé', 'acme\n', `a${'b'.repeat(80)}`])(
    'knows no party %j',
    (holder) => {
      refuses({ holder }, 'schema-violation /holder');
    },
  );
});
