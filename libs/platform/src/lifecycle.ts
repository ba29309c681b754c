import { Injectable } from '@nestjs/common';

/** How a running app learns that it stops, and says that it must. */
@Injectable()
export class Lifecycle {
  #stopping = false;
  #onFailure: (error: unknown) => void = (error) => {
    throw error;
  };

  /** True from the first signal or failure on: readiness is false, work in progress ends. */
  get isStopping(): boolean {
    return this.#stopping;
  }

  /**
   * Ends the process because its machinery is broken: logs `error`, closes the app, exits 1.
   * A supervisor starts it afresh; nothing stays half alive.
   */
  fail(error: unknown): void {
    this.#onFailure(error);
  }

  stop(): void {
    this.#stopping = true;
  }

  /** `bootstrap` says what a failure does; without it (in specs) a failure throws. */
  whenFailing(handle: (error: unknown) => void): void {
    this.#onFailure = handle;
  }
}
