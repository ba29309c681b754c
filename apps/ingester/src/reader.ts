import type { Claimed, ClaimedPartition } from '#libs/ledger';

/** How far this process has read one partition that is assigned to it. */
export class Reader {
  readonly claimed: Claimed;
  /** The offset after every record handed on to be stored. */
  next: number;
  /**
   * Where the next fetch begins: at the record to be verified, then after everything fetched. Hidden
   * records at the end are between `next` and it.
   */
  place: number;
  /** The offset after every record stored. */
  stored: number;
  /** The offset that Kafka's group was told last. */
  hinted: number;
  /** The end of the partition as last heard. */
  end: number;
  /** The record read last, until it has been compared with what the topic holds there now. */
  unverified: ClaimedPartition['last'];
  /** Another writer has taken over: nothing is read until the group is joined again. */
  isLost = false;

  constructor(claimed: ClaimedPartition, end: number) {
    const { id, topic, partition, epoch } = claimed;
    this.claimed = { id, topic, partition, epoch };
    this.next = claimed.next;
    this.stored = claimed.next;
    this.hinted = 0;
    this.end = end;
    this.unverified = claimed.last;
    this.place = claimed.last?.offset ?? claimed.next;
  }

  /** What the topic no longer holds cannot be compared. */
  skipVerification(): void {
    this.unverified = null;
    this.place = this.next;
  }

  get lag(): number {
    return Math.max(this.end - this.stored, 0);
  }
}
