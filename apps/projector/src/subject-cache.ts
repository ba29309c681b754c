import type { SubjectFold } from './subject-fold.ts';
import { subjectName } from './subject.ts';
import type { Subject } from './subject.ts';

/** Folds of the subjects that were touched last, so that the busy ones are not read again. */
export class SubjectCache {
  readonly #entriesMax: number;
  /** By subject; least recently used first. */
  readonly #folds = new Map<string, SubjectFold>();
  #entries = 0;

  /** @param entriesMax how many entries the folds may hold together; it bounds the memory */
  constructor(entriesMax: number) {
    this.#entriesMax = entriesMax;
  }

  /** Looks at a fold without taking it out. */
  peek(subject: Subject): SubjectFold | undefined {
    return this.#folds.get(subjectName(subject));
  }

  /** Takes a fold out: who takes it puts it back, or drops it by not doing so. */
  take(subject: Subject): SubjectFold | undefined {
    const name = subjectName(subject);
    const fold = this.#folds.get(name);
    if (fold !== undefined) this.#forget(name, fold);
    return fold;
  }

  /** Keeps a fold, at the expense of those that were not used for longest. */
  put(fold: SubjectFold): void {
    const name = subjectName(fold.subject);
    const earlier = this.#folds.get(name);
    if (earlier !== undefined) this.#forget(name, earlier);
    this.#folds.set(name, fold);
    this.#entries += fold.entryCount;
    for (const [oldest, least] of this.#folds) {
      if (this.#entries <= this.#entriesMax) break;
      this.#forget(oldest, least);
    }
  }

  clear(): void {
    this.#folds.clear();
    this.#entries = 0;
  }

  #forget(name: string, fold: SubjectFold): void {
    this.#folds.delete(name);
    this.#entries -= fold.entryCount;
  }
}
