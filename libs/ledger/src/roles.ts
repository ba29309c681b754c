/**
 * Group roles without a login. A service's login is a member of one of them and connects with
 * `-c role=…`; the owner is used by migrations only.
 */
export const roles = {
  /** Owns the schemas; migrations run as it. */
  owner: 'deal_ledger_owner',
  /** The ingester: appends. */
  writer: 'deal_ledger_writer',
  /** The projector: reads the ledger, owns the read models. */
  projector: 'deal_ledger_projector',
  /** The API and analysts: read. */
  reader: 'deal_ledger_reader',
} as const;

export type Role = (typeof roles)[keyof typeof roles];
