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

/** A step that is, or should be, believed. Its cells are COPY text: equal text, equal step. */
export interface Step {
  readonly table: StepTable;
  readonly key: readonly Cell[];
  readonly values: string;
}

/** What one entry changed in what is believed. */
export interface StepChange {
  readonly closed: readonly Step[];
  readonly opened: readonly Step[];
}

export function step(table: StepTable, key: readonly Cell[], values: readonly Cell[]): Step {
  return { table, key, values: copyText(values) };
}

/** Tells steps of all tables apart. */
export function stepName({ table, key }: Step): string {
  return `${table.name}\t${copyText(key)}`;
}

/**
 * Which believed steps to close and which wanted ones to open, so that what was believed becomes
 * what is wanted. A step that stays as it is, is in neither. Pure.
 *
 * @param believed steps open before the entry, each key once
 * @param wanted steps after it, each key once
 */
export function compareSteps(believed: readonly Step[], wanted: readonly Step[]): StepChange {
  const before = new Map(believed.map((each) => [stepName(each), each]));
  const opened: Step[] = [];
  for (const each of wanted) {
    const name = stepName(each);
    if (before.get(name)?.values === each.values) before.delete(name);
    else opened.push(each);
  }
  return { closed: [...before.values()], opened };
}
