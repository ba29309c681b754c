import { decimal, printPlain, sum, times } from '#libs/fold';
import type { OcfPackage, Transaction } from './objects.ts';
import { nameAll } from './names.ts';
import { parties } from './parties.ts';
import type { Said } from './said.ts';
import type { Names } from './names.ts';
import { collect, resultsOf } from './securities.ts';
import type { Securities, Security } from './securities.ts';

/** A transaction that changed a holding and could not be told. */
export interface LeftOut {
  readonly transaction: string;
  readonly objectType: string;
  readonly reason: string;
}

/** What a package becomes: CloudEvents in the order to publish them, and what was left out. */
export interface Conversion {
  readonly envelopes: readonly Record<string, unknown>[];
  readonly leftOut: readonly LeftOut[];
}

/**
 * Tells an Open Cap Format package as claims about `company`.
 *
 * A security that only carries on another's units (the result of a transfer, an exercise, a remainder) is no issuance: the transaction that made it says what
 * moved. Same package, same envelopes: importing twice records nothing new.
 */
export function convert(ocf: OcfPackage, company: string): Conversion {
  const names = nameAll(ocf, company);
  const telling = new Telling(names, collect(ocf.transactions, names), ocf);
  const ordered = ocf.transactions
    .map((transaction, index) => ({ transaction, index }))
    .sort((a, b) => compareText(a.transaction.date, b.transaction.date) || a.index - b.index);
  ordered.forEach(({ transaction }, index) => {
    telling.tell(transaction, index + 1);
  });
  return telling.done();
}

const compareText = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

class Telling {
  readonly #names: Names;
  readonly #securities: Securities;
  readonly #ocf: OcfPackage;
  readonly #said: Said[];
  readonly #leftOut: LeftOut[] = [];
  #sequence = 0;

  constructor(names: Names, securities: Securities, ocf: OcfPackage) {
    this.#names = names;
    this.#securities = securities;
    this.#ocf = ocf;
    this.#said = parties(ocf, names);
  }

  done(): Conversion {
    const { issuer, generated_at: time } = this.#ocf.manifest;
    const sources = [{ publisher: issuer.legal_name, basis: 'official' }];
    const envelopes = this.#said.map(({ id, type, data }) => ({
      specversion: '1.0',
      id,
      source: `ocf/${this.#names.company}`,
      type,
      ...(time === undefined ? {} : { time }),
      datacontenttype: 'application/json',
      data: { ...data, sources },
    }));
    return { envelopes, leftOut: this.#leftOut };
  }

  /** Tells one transaction; `sequence` keeps the package's order within a day. */
  tell(transaction: Transaction, sequence: number): void {
    this.#sequence = sequence;
    const [, instrument = '', verb = ''] =
      /^TX_(STOCK|EQUITY_COMPENSATION|PLAN_SECURITY|WARRANT|CONVERTIBLE)_([A-Z]+)$/.exec(
        transaction.object_type,
      ) ?? [];
    if (transaction.object_type === 'TX_STOCK_CLASS_SPLIT') this.#split(transaction);
    else if (verb === 'ISSUANCE') this.#issuance(transaction);
    else if (MOVES.has(verb)) this.#move(transaction, instrument, verb);
  }

  #issuance(transaction: Transaction): void {
    const security = this.#securities.find(transaction.security_id);
    if (security === null) {
      this.#leave(transaction, 'its stakeholder is not in the package');
      return;
    }
    if (this.#securities.isCarriedOn(transaction.security_id ?? '')) return;
    if (security.kind === 'convertible') this.#note(transaction, security);
    else if (security.stockClass === null)
      this.#leave(transaction, 'its stock class is not in the package');
    else {
      this.#stake(transaction, '', {
        kind: 'issuance',
        holder: security.holder,
        stockClass: security.stockClass,
        ...(security.quantity === null ? {} : { shares: security.quantity }),
        ...paid(transaction, security),
      });
    }
  }

  #move(transaction: Transaction, instrument: string, verb: string): void {
    const security = this.#securities.find(transaction.security_id);
    if (security === null) this.#leave(transaction, 'its security is not in the package');
    else if (instrument === 'CONVERTIBLE') this.#moveNote(transaction, security, verb);
    else if (verb === 'RETRACTION')
      this.#end(transaction, security, 'cancellation', security.quantity);
    else if (verb === 'CANCELLATION' || verb === 'REPURCHASE') {
      const kind = verb === 'REPURCHASE' ? 'repurchase' : 'cancellation';
      this.#end(transaction, security, kind, transaction.quantity ?? security.quantity);
    } else if (verb === 'TRANSFER' || verb === 'REISSUANCE') this.#handOver(transaction, security);
    else this.#turnInto(transaction, security, verb === 'CONVERSION' ? 'conversion' : 'exercise');
  }

  #end(
    transaction: Transaction,
    security: Security,
    kind: 'cancellation' | 'repurchase',
    shares: string | null,
  ): void {
    const { holder, stockClass } = security;
    this.#stake(transaction, '', {
      kind,
      holder,
      stockClass,
      ...(shares === null ? {} : { shares }),
    });
  }

  /** A transfer or reissue: what other holders got of it. A split's reissue only counts anew what the split said. */
  #handOver(transaction: Transaction, security: Security): void {
    if (transaction.split_transaction_id !== undefined) return;
    const { holder, stockClass } = security;
    this.#results(transaction).forEach((result, index) => {
      if (result.stockClass !== stockClass) {
        this.#leave(
          transaction,
          `it turns ${String(stockClass)} into ${String(result.stockClass)}`,
        );
      } else if (result.holder !== holder) {
        this.#stake(transaction, index === 0 ? '' : `#${String(index + 1)}`, {
          kind: 'transfer',
          holder,
          counterparty: result.holder,
          stockClass,
          ...(result.quantity === null ? {} : { shares: result.quantity }),
        });
      }
    });
  }

  #turnInto(transaction: Transaction, security: Security, kind: 'conversion' | 'exercise'): void {
    const results = this.#results(transaction);
    const toStockClass = results[0]?.stockClass ?? null;
    const others = results.filter(
      (each) => each.stockClass !== toStockClass || each.holder !== security.holder,
    );
    if (toStockClass === null || others.length > 0) {
      this.#leave(transaction, 'it does not result in one class of the same holder');
      return;
    }
    const shares = transaction.quantity_converted ?? transaction.quantity ?? security.quantity;
    const toShares = printPlain(sum(results.map(({ quantity }) => decimal(quantity ?? '0'))));
    this.#stake(transaction, '', {
      kind,
      holder: security.holder,
      stockClass: security.stockClass,
      ...(shares === null ? {} : { shares: shares.replace('+', '') }),
      toStockClass,
      toShares,
    });
  }

  #split(transaction: Transaction): void {
    const stockClass = this.#names.stock(transaction.stock_class_id);
    const ratio = transaction.split_ratio;
    if (stockClass === null || ratio === undefined) {
      this.#leave(transaction, 'its stock class or ratio is not in the package');
      return;
    }
    const { numerator, denominator } = ratio;
    this.#stake(transaction, '', { kind: 'split', stockClass, ratio: { numerator, denominator } });
  }

  #note(transaction: Transaction, { holder }: Security): void {
    const amount = transaction.investment_amount;
    this.#round(transaction, 1, {
      roundId: this.#noteId(transaction),
      kind: 'convertible',
      ...(amount === undefined ? {} : { amount: money(amount) }),
      participants: [
        { investor: holder, ...(amount === undefined ? {} : { amount: money(amount) }) },
      ],
      participantsComplete: true,
    });
  }

  /** No event says that a note was cancelled or sold in part; a conversion ends its claim. */
  #moveNote(transaction: Transaction, security: Security, verb: string): void {
    if (verb !== 'CONVERSION') {
      this.#leave(transaction, 'no event says this of a convertible');
      return;
    }
    const results = this.#results(transaction);
    [...new Set(results.map(({ stockClass }) => stockClass))].forEach((stockClass, index) => {
      this.#round(transaction, index + 1, {
        roundId: `${this.#names.company}/${transaction.id}`,
        kind: 'equity',
        ...(stockClass === null ? {} : { stockClass }),
        participants: [],
        conversions: results
          .filter((result) => result.stockClass === stockClass)
          .map(({ holder, quantity }) => ({
            holder,
            fromRoundId: this.#noteId(security.issuance),
            ...(quantity === null ? {} : { shares: quantity }),
          })),
      });
    });
  }

  #noteId({ security_id, id }: Transaction): string {
    return `${this.#names.company}/${security_id ?? id}`;
  }

  #results(transaction: Transaction): readonly Security[] {
    return resultsOf(transaction).flatMap((id) => {
      const result = this.#securities.find(id);
      if (result !== null) return [result];
      this.#leave(transaction, `its result ${id} is issued nowhere in the package`);
      return [];
    });
  }

  #stake(transaction: Transaction, suffix: string, data: Record<string, unknown>): void {
    const id = `${transaction.id}${suffix}`;
    const { company } = this.#names;
    const when = { effectiveOn: transaction.date, sequence: this.#sequence };
    this.#said.push({
      id,
      type: 'stake-changed',
      data: { transactionId: `${company}/${id}`, company, ...when, ...data },
    });
  }

  #round(transaction: Transaction, tranche: number, data: Record<string, unknown>): void {
    const { company } = this.#names;
    this.#said.push({
      id: tranche === 1 ? transaction.id : `${transaction.id}#${String(tranche)}`,
      type: 'round-closed',
      data: { company, tranche, closedOn: transaction.date, sequence: this.#sequence, ...data },
    });
  }

  #leave({ id, object_type }: Transaction, reason: string): void {
    this.#leftOut.push({ transaction: id, objectType: object_type, reason });
  }
}

/** What ends, hands over or turns a security; acceptance, vesting and repricing move no units. */
const MOVES = new Set([
  'TRANSFER',
  'REISSUANCE',
  'CANCELLATION',
  'REPURCHASE',
  'RETRACTION',
  'CONVERSION',
  'EXERCISE',
  'RELEASE',
]);

const money = ({ amount, currency }: { amount: string; currency: string }) => ({
  amount: amount.replace('+', ''),
  currency,
});

/** What the holder paid, where the package says it: in which form it does not say. */
function paid(transaction: Transaction, { quantity }: Security): Record<string, unknown> {
  const { cost_basis: cost, purchase_price: price, share_price: each } = transaction;
  const known = cost ?? price;
  if (known !== undefined) return { consideration: [{ form: 'unknown', amount: money(known) }] };
  if (each === undefined || quantity === null) return {};
  const amount = printPlain(times(decimal(each.amount.replace('+', '')), decimal(quantity)));
  return { consideration: [{ form: 'unknown', amount: { amount, currency: each.currency } }] };
}
