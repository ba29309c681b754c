import type { Step, StepChange, StepTable } from './steps.ts';

/** A row to insert: believed from one position until another, or, where that is null, still. */
export interface OpenedStep {
  readonly step: Step;
  readonly knownFrom: number;
  knownTo: number | null;
}

/** A row that was there before the batch, and the position from which it is not believed. */
export interface ClosedStep {
  readonly step: Step;
  readonly knownTo: number;
}

/** All that a batch of entries changes in what is believed, position by position. */
export class StepBatch {
  readonly #opened = new Map<StepTable, OpenedStep[]>();
  readonly #closed = new Map<StepTable, ClosedStep[]>();
  /** Rows opened in this batch and still open, by their step's name. */
  readonly #open = new Map<string, OpenedStep>();

  /** Rows to insert; one that the batch itself closed is kept, since its positions can be asked for. */
  get opened(): ReadonlyMap<StepTable, readonly OpenedStep[]> {
    return this.#opened;
  }

  get closed(): ReadonlyMap<StepTable, readonly ClosedStep[]> {
    return this.#closed;
  }

  /** Notes what the entry at `position` changed. Positions must not decrease for one key. */
  apply(position: number, { closed, opened }: StepChange): void {
    for (const step of closed) this.#close(position, step);
    for (const step of opened) {
      const row = { step, knownFrom: position, knownTo: null };
      this.#open.set(step.name, row);
      listOf(this.#opened, step.table).push(row);
    }
  }

  #close(position: number, step: Step): void {
    const row = this.#open.get(step.name);
    if (row === undefined) {
      listOf(this.#closed, step.table).push({ step, knownTo: position });
      return;
    }
    row.knownTo = position;
    this.#open.delete(step.name);
  }
}

function listOf<K, V>(lists: Map<K, V[]>, key: K): V[] {
  const list = lists.get(key);
  if (list !== undefined) return list;
  const fresh: V[] = [];
  lists.set(key, fresh);
  return fresh;
}
