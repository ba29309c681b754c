/** An event to publish, but for its envelope. */
export interface Said {
  readonly id: string;
  readonly type: 'party-described' | 'stake-changed' | 'round-closed';
  readonly data: Record<string, unknown>;
}
