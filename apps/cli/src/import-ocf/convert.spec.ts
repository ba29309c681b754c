import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from '@jest/globals';
import { readEnvelope } from '#libs/events';
import { believe, capTable, fold } from '#libs/fold';
import { convert } from './convert.ts';
import type { Conversion } from './convert.ts';
import { readPackage } from './read-package.ts';

const sample = fileURLToPath(new URL('../../../../test/ocf/acme', import.meta.url));
let converted: Conversion;

beforeAll(async () => {
  converted = convert(await readPackage(sample), 'acme');
});

/** What the ledger would record: the claims in order, positions from 1. */
function entries() {
  return converted.envelopes.map((envelope, index) => {
    const reading = readEnvelope(envelope);
    if (!reading.ok) throw new Error(JSON.stringify({ envelope, faults: reading.faults }));
    return { position: index + 1, claim: reading.claim };
  });
}

function holdings(asOf: string): Record<string, string | null> {
  const { lines } = capTable(fold(believe(entries()), 'acme'), asOf);
  return Object.fromEntries(
    lines.map(({ holder, stockClass, units }) => [`${holder} ${stockClass ?? ''}`, units]),
  );
}

describe('the sample cap table', () => {
  it('becomes events that the ledger takes', () => {
    expect(entries()).toHaveLength(converted.envelopes.length);
  });

  it('holds at the end what its transactions say', () => {
    expect(holdings('2023-12-31')).toEqual({
      'acme-ann-lee common': '1000000',
      'acme-bo-chen common': '700000',
      'acme-cypress-ventures-lp common': '100000',
      'acme-cypress-ventures-lp seed-preferred': '200000',
      'acme-di-nunez common': '200000',
      'acme-ed-osei common': '30000',
      'acme-ed-osei option-2021-plan': '6000',
      'acme-fin-bank-ag common': '10000',
      'acme-gus-angel seed-preferred': '15000',
    });
  });

  it('holds before the split what was issued until then', () => {
    expect(holdings('2021-12-31')).toEqual({
      'acme-ann-lee common': '600000',
      'acme-bo-chen common': '400000',
      'acme-cypress-ventures-lp seed-preferred': '250000',
      'acme-ed-osei option-2021-plan': '40000',
      'acme-fin-bank-ag warrant': '10000',
      'acme-gus-angel seed-preferred': '15000',
    });
  });

  it('holds the note as a claim until it converts', () => {
    const timeline = fold(believe(entries()), 'acme');
    expect(capTable(timeline, '2021-05-31').claims).toEqual([
      expect.objectContaining({ holder: 'acme-gus-angel', roundId: 'acme/CN-1' }),
    ]);
    expect(capTable(timeline, '2021-06-01').claims).toEqual([]);
  });

  it('says what it could not tell', () => {
    expect(converted.leftOut).toEqual([
      {
        transaction: 't30',
        objectType: 'TX_CONVERTIBLE_CANCELLATION',
        reason: 'no event says this of a convertible',
      },
    ]);
  });

  it('is the same, whenever it is converted', async () => {
    expect(convert(await readPackage(sample), 'acme')).toEqual(converted);
  });
});
