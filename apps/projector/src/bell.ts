/** Lets one wait until something happens, or a while has passed. */
export class Bell {
  #rung = false;
  #wake: (() => void) | null = null;

  /** Wakes whoever waits; who waits next does not wait at all. */
  ring(): void {
    this.#rung = true;
    this.#wake?.();
  }

  async wait(milliseconds: number): Promise<void> {
    if (!this.#rung) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, milliseconds);
        this.#wake = () => {
          clearTimeout(timer);
          resolve();
        };
      });
      this.#wake = null;
    }
    this.#rung = false;
  }
}
