import type { Transaction } from './objects.ts';
import { WARRANT } from './names.ts';
import type { Names } from './names.ts';

/** A certificate, grant or note: what one issuance transaction created. */
export interface Security {
  readonly issuance: Transaction;
  readonly kind: 'stock' | 'award' | 'warrant' | 'convertible';
  readonly holder: string;
  /** Null for a convertible, which has no units. */
  readonly stockClass: string | null;
  /** Null where the issuance states none (a warrant may not). */
  readonly quantity: string | null;
}

/** Every security of a package by its id, and which of them only carry on another's units. */
export interface Securities {
  find(securityId: string | undefined): Security | null;
  /** True: a transfer, an exercise, a conversion … made it; its issuance adds no units of its own. */
  isCarriedOn(securityId: string): boolean;
}

/** Reads all issuances before any transaction is told, since files may list results first. */
export function collect(transactions: readonly Transaction[], names: Names): Securities {
  const securities = new Map<string, Security>();
  const carriedOn = new Set<string>();
  for (const transaction of transactions) {
    for (const id of resultsOf(transaction)) carriedOn.add(id);
    if (transaction.balance_security_id !== undefined)
      carriedOn.add(transaction.balance_security_id);
    const security = issuedBy(transaction, names);
    if (security !== null && transaction.security_id !== undefined) {
      securities.set(transaction.security_id, security);
    }
  }
  return {
    find: (id) => (id === undefined ? null : (securities.get(id) ?? null)),
    isCarriedOn: (id) => carriedOn.has(id),
  };
}

/** The securities that took the place of another, its remainder aside. */
export function resultsOf(transaction: Transaction): readonly string[] {
  const { resulting_security_ids: many = [], resulting_security_id: one } = transaction;
  return one === undefined ? many : [...many, one];
}

function issuedBy(transaction: Transaction, names: Names): Security | null {
  const kind = kindOf(transaction.object_type);
  const holder = names.holder(transaction.stakeholder_id ?? '');
  if (kind === null || holder === null) return null;
  return {
    issuance: transaction,
    kind,
    holder,
    stockClass: classOf(kind, transaction, names),
    quantity: transaction.quantity?.replace('+', '') ?? null,
  };
}

function kindOf(objectType: string): Security['kind'] | null {
  switch (objectType) {
    case 'TX_STOCK_ISSUANCE':
      return 'stock';
    case 'TX_EQUITY_COMPENSATION_ISSUANCE':
    case 'TX_PLAN_SECURITY_ISSUANCE':
      return 'award';
    case 'TX_WARRANT_ISSUANCE':
      return WARRANT;
    case 'TX_CONVERTIBLE_ISSUANCE':
      return 'convertible';
    default:
      return null;
  }
}

function classOf(kind: Security['kind'], issuance: Transaction, names: Names): string | null {
  switch (kind) {
    case 'stock':
      return names.stock(issuance.stock_class_id);
    case 'award':
      return names.award(issuance);
    case WARRANT:
      return WARRANT;
    case 'convertible':
      return null;
  }
}
