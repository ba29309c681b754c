import type { Entry } from './claims.ts';

/**
 * The least of the entries, and of what they say, for which `fails` still holds: leaves out claims, fields and
 * items of lists, one at a time, until nothing more can go. Positions stay as they are.
 */
export function minimise(
  entries: readonly Entry[],
  fails: (entries: readonly Entry[]) => boolean,
): Entry[] {
  let least = [...entries];
  for (;;) {
    const smaller = smallerThan(least).find((one) => holds(fails, one));
    if (smaller === undefined) return least;
    least = smaller;
  }
}

function holds(fails: (entries: readonly Entry[]) => boolean, entries: readonly Entry[]): boolean {
  try {
    return fails(entries);
  } catch {
    return false; // No valid stream any more.
  }
}

function smallerThan(entries: readonly Entry[]): Entry[][] {
  const without = entries.map((_, index) => entries.filter((__, other) => other !== index));
  const thinner = entries.flatMap((entry, index) =>
    thin(entry.claim.data).map((data) =>
      entries.with(index, {
        ...entry,
        claim: { ...entry.claim, data: data as Entry['claim']['data'] },
      }),
    ),
  );
  return [...without, ...thinner];
}

/** Every way of leaving one field or one item out of a value, however deep. */
function thin(value: unknown): unknown[] {
  if (Array.isArray(value)) {
    const items = value as readonly unknown[];
    return [
      ...items.map((_, index) => items.filter((__, other) => other !== index)),
      ...items.flatMap((item, index) => thin(item).map((less) => items.with(index, less))),
    ];
  }
  if (typeof value !== 'object' || value === null) return [];
  const fields = Object.entries(value);
  return [
    ...fields.map(([left]) => Object.fromEntries(fields.filter(([field]) => field !== left))),
    ...fields.flatMap(([field, inner]) => thin(inner).map((less) => ({ ...value, [field]: less }))),
  ];
}
