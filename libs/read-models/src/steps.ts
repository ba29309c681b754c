import { copyText } from './copy-text.ts';
import type { Cell } from './copy-text.ts';

/** A step table: a row says that from a day on, as believed between two positions, a key has values. */
export interface StepTable {
  readonly name: string;
  /** The columns that tell one step of a filling from another at one position, with their types. */
  readonly key: readonly (readonly [
    column: string,
    type: 'text' | 'date' | 'bigint' | 'bigint[]',
  ])[];
  readonly values: readonly string[];
}

/** A step that is, or should be, believed. Cells are COPY text as well: equal text, equal step. */
export interface Step {
  readonly table: StepTable;
  readonly key: readonly Cell[];
  /** Tells steps of all tables apart: the table, a tab, and the key as COPY text. */
  readonly name: string;
  readonly values: string;
}

/** What one entry changed in what is believed. */
export interface StepChange {
  readonly closed: readonly Step[];
  readonly opened: readonly Step[];
}

export function step(table: StepTable, key: readonly Cell[], values: readonly Cell[]): Step {
  return { table, key, name: `${table.name}\t${copyText(key)}`, values: copyText(values) };
}

/** A step's key as COPY text. */
export function keyText({ table, name }: Step): string {
  return name.slice(table.name.length + 1);
}

/**
 * Which believed steps to close and which wanted ones to open, so that what was believed becomes
 * what is wanted. A step that stays as it is, is in neither. Pure.
 *
 * @param believed steps open before the entry, each key once
 * @param wanted steps after it, each key once
 */
export function compareSteps(believed: readonly Step[], wanted: readonly Step[]): StepChange {
  if (believed.length === 0) return { closed: [], opened: wanted };
  const before = new Map(believed.map((each) => [each.name, each]));
  const opened: Step[] = [];
  for (const each of wanted) {
    if (before.get(each.name)?.values === each.values) before.delete(each.name);
    else opened.push(each);
  }
  return { closed: [...before.values()], opened };
}
