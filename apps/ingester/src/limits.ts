/** Every bound of the ingester, in one place. */

/** A larger value is quarantined; a topic must take it all the same, or its publisher never knows. */
export const EVENT_BYTES_MAX = 1 << 20;

/** Bytes asked of each partition in a fetch: 2–4 MiB measured best. */
export const FETCH_BYTES_PER_PARTITION = 4 << 20;
export const FETCH_BYTES_MAX = 16 << 20;
/** KafkaJS's default of 5 s would keep a lone event waiting, and a stop too. */
export const FETCH_WAIT_MS_MAX = 250;
export const SESSION_TIMEOUT_MS = 15_000;
export const HEARTBEAT_MS = 3_000;
/** How soon partitions added to a topic are noticed. */
export const METADATA_MS_MAX = 10_000;

/** Partitions whose fetches are taken in at once; they take turns, portion by portion. */
export const PARTITIONS_AT_ONCE_MAX = 64;

/** What is decoded in one go, between two heartbeats. */
export const PORTION_RECORDS_MAX = 4_000;
export const PORTION_BYTES_MAX = 4 << 20;
/** What one transaction stores, but for a single larger portion. */
export const TRANSACTION_RECORDS_MAX = 12_000;
export const TRANSACTION_BYTES_MAX = 16 << 20;
/** Portions decoded that wait for a transaction. */
export const QUEUE_RECORDS_MAX = 24_000;
export const QUEUE_BYTES_MAX = 32 << 20;

/** Between two looks at how things are; each tells Kafka the offsets, which only lag tools read. */
export const TICK_MS = 5_000;
/** KafkaJS fetches several times a second: this many ticks without mean that the consumer is dead. */
export const TICKS_IN_SILENCE_MAX = 6;
/** Takings-over without anything stored in between, before the ingester gives up. */
export const FENCED_IN_A_ROW_MAX = 10;
/** How long PostgreSQL may be away before the ingester gives up. */
export const CLAIM_RETRY_MS = 60_000;
