import { z } from 'zod';

/**
 * The parts of Open Cap Format (opencaptablecoalition.com, 1.2) that say who holds what.
 *
 * Objects are loose: fields that move no holding (vesting, legends, addresses) pass unread.
 */
const id = z.string().min(1).max(180);
const numeric = z.string().regex(/^\+?[0-9]{1,28}(\.[0-9]{1,10})?$/, 'a numeric string ≥ 0');
const date = z.string().regex(/^\d{4}-\d{2}-\d{2}$/, 'a date YYYY-MM-DD');
const monetary = z.looseObject({ amount: numeric, currency: z.string().length(3) });
const ratio = z.looseObject({ numerator: numeric, denominator: numeric });

export const manifest = z.looseObject({
  file_type: z.literal('OCF_MANIFEST_FILE'),
  issuer: z.looseObject({
    id: id.optional(),
    legal_name: z.string().min(1),
    dba: z.string().optional(),
    formation_date: date.optional(),
    country_of_formation: z.string().length(2).optional(),
  }),
  generated_at: z.string().optional(),
  stakeholders_files: z.array(z.looseObject({ filepath: z.string() })).default([]),
  stock_classes_files: z.array(z.looseObject({ filepath: z.string() })).default([]),
  stock_plans_files: z.array(z.looseObject({ filepath: z.string() })).default([]),
  transactions_files: z.array(z.looseObject({ filepath: z.string() })).default([]),
});
export type Manifest = z.infer<typeof manifest>;

export const stakeholder = z.looseObject({
  id,
  name: z.looseObject({ legal_name: z.string().min(1) }),
  stakeholder_type: z.enum(['INDIVIDUAL', 'INSTITUTION']),
});
export type Stakeholder = z.infer<typeof stakeholder>;

export const stockClass = z.looseObject({ id, name: z.string().min(1) });
export const stockPlan = z.looseObject({ id, plan_name: z.string().min(1) });

/** What every transaction has; its other fields are read by the kind that needs them. */
export const transaction = z.looseObject({
  object_type: z.string(),
  id,
  date,
  security_id: id.optional(),
  security_ids: z.array(id).optional(),
  stakeholder_id: id.optional(),
  stock_class_id: id.optional(),
  stock_plan_id: id.optional(),
  compensation_type: z.string().optional(),
  quantity: numeric.optional(),
  quantity_converted: numeric.optional(),
  share_price: monetary.optional(),
  cost_basis: monetary.optional(),
  purchase_price: monetary.optional(),
  investment_amount: monetary.optional(),
  price: monetary.optional(),
  split_ratio: ratio.optional(),
  split_transaction_id: id.optional(),
  balance_security_id: id.optional(),
  resulting_security_id: id.optional(),
  resulting_security_ids: z.array(id).optional(),
});
export type Transaction = z.infer<typeof transaction>;

/** A package as read: file references resolved, every object checked. */
export interface OcfPackage {
  readonly manifest: Manifest;
  readonly stakeholders: readonly Stakeholder[];
  readonly stockClasses: readonly z.infer<typeof stockClass>[];
  readonly stockPlans: readonly z.infer<typeof stockPlan>[];
  /** In the order of the files, then of their lists. */
  readonly transactions: readonly Transaction[];
}
