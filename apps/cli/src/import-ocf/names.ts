import type { OcfPackage } from './objects.ts';

/** The ids that a package's objects get in the ledger. */
export interface Names {
  readonly company: string;
  holder(stakeholderId: string): string | null;
  /** The class of a share of stock. */
  stock(stockClassId: string | undefined): string | null;
  /** The class of an option or another award: never among outstanding classes (docs/rules.md#u1). */
  award(award: {
    stock_plan_id?: string | undefined;
    stock_class_id?: string | undefined;
    compensation_type?: string | undefined;
  }): string;
}

/** Warrants of one company are one class: what they turn into is said at exercise. */
export const WARRANT = 'warrant';

/**
 * Names parties and classes after what the package calls them, unique within it.
 *
 * Holders live under the company's id (`acme-ann-lee`), so that a namesake elsewhere is another party until a `sameAs` joins them.
 */
export function nameAll(ocf: OcfPackage, company: string): Names {
  const holders = unique(
    ocf.stakeholders.map(({ id, name }) => [id, `${company}-${slug(name.legal_name)}`]),
  );
  const classes = unique(ocf.stockClasses.map(({ id, name }) => [id, stockSlug(name)]));
  const plans = unique(ocf.stockPlans.map(({ id, plan_name }) => [id, slug(plan_name)]));
  const lookUp = (map: ReadonlyMap<string, string>, key: string | undefined) =>
    (key === undefined ? undefined : map.get(key)) ?? null;
  return {
    company,
    holder: (id) => lookUp(holders, id),
    stock: (id) => lookUp(classes, id),
    award: ({ stock_plan_id, stock_class_id, compensation_type = 'OPTION' }) => {
      const of = lookUp(plans, stock_plan_id) ?? lookUp(classes, stock_class_id) ?? 'unplanned';
      const kind = compensation_type.startsWith('OPTION')
        ? 'option'
        : `plan-${slug(compensation_type)}`;
      return `${kind}-${of}`.slice(0, 80);
    },
  };
}

/** A party id out of a name; letters of other scripts are spelled by their code points. */
export function slug(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(
      /[^a-z0-9\s\p{P}\p{S}]/gu,
      (letter) => `u${letter.codePointAt(0)?.toString(16) ?? ''}-`,
    )
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'unnamed' : plain.slice(0, 60).replace(/-+$/, '');
}

/** Stock whose name begins like an option's must not be read as one (docs/rules.md#u1). */
const stockSlug = (name: string): string =>
  slug(name).replace(/^(option|warrant|plan)/, 'stock-$1');

/** Gives the second of two equal names `-2`, the third `-3`. */
function unique(named: readonly (readonly [id: string, name: string])[]): Map<string, string> {
  const taken = new Map<string, number>();
  return new Map(
    named.map(([id, name]) => {
      const count = (taken.get(name) ?? 0) + 1;
      taken.set(name, count);
      return [id, count === 1 ? name : `${name.slice(0, 74)}-${String(count)}`];
    }),
  );
}
