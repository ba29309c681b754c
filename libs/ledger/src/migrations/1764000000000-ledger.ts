import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What was recorded: entries, where each came from, and the marks that turn a time or a day into a
 * position. Text compares by UTF-8 bytes (COLLATE "C"), as claims' keys and names do. No foreign key
 * on the rows that arrive by COPY: the transaction that stores them advances their partition's
 * offset, which it could not do without the partition.
 */
export class Ledger1764000000000 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(partition);
    await db.query(entry);
    await db.query(head);
    await db.query(fate);
    await db.query(guard);
    await db.query(closing);
    await db.query(questions);
    await db.query(grants);
  }

  down(): Promise<void> {
    throw new Error('The ledger only goes forward: write the next migration.');
  }
}

/** How far each Kafka partition has been stored; Kafka's own committed offset is only a hint. */
const partition = `
  CREATE TABLE ledger.partition (
    id           integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic        text COLLATE "C" NOT NULL,
    partition    integer NOT NULL CHECK (partition >= 0),
    start_offset bigint NOT NULL CHECK (start_offset >= 0),  -- the first offset there was to read
    next_offset  bigint NOT NULL,            -- every record below it is stored, or is a hole
    epoch        bigint NOT NULL DEFAULT 1,  -- raised by whoever takes the partition over
    last_offset  bigint,                     -- the last record that was a record, not a hole …
    last_fingerprint bytea,                  -- … and SHA-256 of it: is the topic still the same?
    holes        bigint NOT NULL DEFAULT 0 CHECK (holes >= 0),  -- aborted, compacted, control
    claimed_by   text,
    claimed_at   timestamptz,
    UNIQUE (topic, partition),
    CHECK (next_offset >= start_offset),
    CHECK (last_offset < next_offset),
    CHECK ((last_offset IS NULL) = (last_fingerprint IS NULL)))`;

/** Fixed-width columns first: nothing is padded. */
const entry = `
  CREATE TABLE ledger.entry (
    position      bigint PRIMARY KEY CHECK (position > 0),
    recorded_at   timestamptz NOT NULL,
    "offset"      bigint NOT NULL,
    said_at       timestamptz,               -- the envelope's time
    partition_id  integer NOT NULL,
    effective_on  date,                      -- earliest day
    content_hash  bytea NOT NULL CHECK (octet_length(content_hash) = 32),
    leaf_hash     bytea NOT NULL CHECK (octet_length(leaf_hash) = 32),
    source        text COLLATE "C" NOT NULL,
    id            text COLLATE "C" NOT NULL,
    type          text COLLATE "C" NOT NULL,
    business_key  text COLLATE "C",
    company       text COLLATE "C",
    key           bytea,
    headers       bytea NOT NULL,            -- as on the wire: count, then names and values
    value         bytea NOT NULL,
    UNIQUE (id, source),                     -- id first: time-ordered ids fill the index in order
    UNIQUE (partition_id, "offset"))`;

/** A seal closes each batch that recorded something; its times strictly increase. */
const head = `
  CREATE TABLE ledger.head (
    one               boolean PRIMARY KEY DEFAULT true CHECK (one),
    position          bigint NOT NULL DEFAULT 0,
    recorded_at       timestamptz NOT NULL DEFAULT '-infinity',
    published_through timestamptz);
  INSERT INTO ledger.head DEFAULT VALUES;

  CREATE TABLE ledger.seal (
    position       bigint PRIMARY KEY,       -- the last of its batch
    first_position bigint NOT NULL CHECK (first_position BETWEEN 1 AND position),
    recorded_at    timestamptz NOT NULL UNIQUE);

  CREATE TABLE ledger.published_mark (
    day      date PRIMARY KEY,               -- in UTC: the running maximum of said_at came to it …
    position bigint NOT NULL UNIQUE)         -- … with this entry`;

/** Where a record went that did not become an entry. */
const fate = `
  CREATE TABLE ledger.duplicate (
    partition_id integer NOT NULL,
    "offset"     bigint NOT NULL,
    position     bigint NOT NULL,            -- the entry that says the same
    PRIMARY KEY (partition_id, "offset"));

  CREATE TABLE ledger.quarantine (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    partition_id   integer NOT NULL,
    "offset"       bigint NOT NULL,
    recorded_at    timestamptz NOT NULL,
    reason         text COLLATE "C" NOT NULL,
    faults         jsonb NOT NULL,           -- [{code, pointer, expected}]
    source         text COLLATE "C",         -- who said it, where that could be read
    event_id       text COLLATE "C",
    conflicts_with bigint,                   -- conflicting-duplicate: the position already taken
    key            bytea,
    value          bytea,
    headers        bytea NOT NULL,
    UNIQUE (partition_id, "offset"))`;

/**
 * A second lock behind the missing grants: it holds for superusers and under
 * session_replication_role = replica too. The head never goes back.
 */
const guard = `
  CREATE FUNCTION ledger.refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'ledger.% is append-only: % refused', TG_TABLE_NAME, TG_OP
      USING ERRCODE = 'insufficient_privilege';
  END $$;

  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.entry
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.duplicate
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.seal
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger.published_mark
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER append_only BEFORE DELETE OR TRUNCATE ON ledger.head
    FOR EACH STATEMENT EXECUTE FUNCTION ledger.refuse_change();
  CREATE TRIGGER only_forward BEFORE UPDATE ON ledger.head FOR EACH ROW
    WHEN (NEW.position < OLD.position OR NEW.recorded_at < OLD.recorded_at
      OR NEW.published_through < OLD.published_through)
    EXECUTE FUNCTION ledger.refuse_change();

  ALTER TABLE ledger.entry ENABLE ALWAYS TRIGGER append_only;
  ALTER TABLE ledger.duplicate ENABLE ALWAYS TRIGGER append_only;
  ALTER TABLE ledger.seal ENABLE ALWAYS TRIGGER append_only;
  ALTER TABLE ledger.published_mark ENABLE ALWAYS TRIGGER append_only;
  ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER append_only;
  ALTER TABLE ledger.head ENABLE ALWAYS TRIGGER only_forward`;

/**
 * What ends the one transaction, in one round trip: offsets advance only where they still are what
 * this writer expects and its epoch is still the partition's, else DL001, which rolls all back. Then
 * seal, published marks, head, and a notice to the projector. The batch is made of integers and hex:
 * {partitions: [{id, epoch, expected, next, holes, lastOffset, fingerprint}], recordedAt,
 * firstPosition, position, publishedThrough, marks: [{day, position}]}; times in µs, days, since 1970.
 */
const closing = `
  CREATE FUNCTION ledger.from_micros(micros bigint) RETURNS timestamptz IMMUTABLE STRICT
  BEGIN ATOMIC
    -- In two parts, each exact: an interval is multiplied in 53 bits.
    SELECT timestamptz '1970-01-01 00:00:00+00'
      + (micros / 1000000) * interval '1 second' + (micros % 1000000) * interval '1 microsecond';
  END;

  CREATE FUNCTION ledger.close_batch(batch jsonb) RETURNS void LANGUAGE plpgsql AS $$
  DECLARE
    batch_recorded_at CONSTANT timestamptz := ledger.from_micros((batch->>'recordedAt')::bigint);
    batch_first       CONSTANT bigint := (batch->>'firstPosition')::bigint;
    batch_position    CONSTANT bigint := (batch->>'position')::bigint;
    advanced          bigint;
  BEGIN
    UPDATE ledger.partition p
    SET next_offset = a.next, holes = p.holes + a.holes,
      last_offset = coalesce(a."lastOffset", p.last_offset),
      last_fingerprint = coalesce(decode(a.fingerprint, 'hex'), p.last_fingerprint)
    FROM jsonb_to_recordset(batch->'partitions') AS a(id integer, epoch bigint, expected bigint,
      next bigint, holes bigint, "lastOffset" bigint, fingerprint text)
    WHERE p.id = a.id AND p.epoch = a.epoch AND p.next_offset = a.expected;
    GET DIAGNOSTICS advanced = ROW_COUNT;
    IF advanced <> jsonb_array_length(batch->'partitions') THEN
      RAISE EXCEPTION 'fenced: another writer has taken over a partition of this batch'
        USING ERRCODE = 'DL001';
    END IF;

    IF batch_position >= batch_first THEN
      INSERT INTO ledger.seal (first_position, position, recorded_at)
      VALUES (batch_first, batch_position, batch_recorded_at);
      INSERT INTO ledger.published_mark (day, position)
      SELECT date '1970-01-01' + m.day, m.position
      FROM jsonb_to_recordset(batch->'marks') AS m(day integer, position bigint);
      PERFORM pg_notify('ledger_appended', batch_position::text);
    END IF;

    UPDATE ledger.head SET position = batch_position, recorded_at = batch_recorded_at,
      published_through = ledger.from_micros((batch->>'publishedThrough')::bigint);
  END $$`;

/** Every question about knowledge is a position in the end. */
const questions = `
  -- The newest position recorded; 0 before the first.
  CREATE FUNCTION ledger.latest_position() RETURNS bigint STABLE
  BEGIN ATOMIC
    SELECT position FROM ledger.head;
  END;

  -- The last position recorded at or before a time.
  CREATE FUNCTION ledger.position_at(at_time timestamptz) RETURNS bigint STABLE
  BEGIN ATOMIC
    SELECT coalesce(
      (SELECT position FROM ledger.seal
       WHERE recorded_at <= at_time ORDER BY recorded_at DESC LIMIT 1), 0);
  END;

  -- The last position before the published-through mark passes a day (UTC).
  CREATE FUNCTION ledger.position_published_by(of_day date) RETURNS bigint STABLE
  BEGIN ATOMIC
    SELECT coalesce(
      (SELECT position - 1 FROM ledger.published_mark
       WHERE day > of_day ORDER BY day LIMIT 1),
      (SELECT position FROM ledger.head));
  END`;

/** An owner's implicit rights are taken from it as well. */
const grants = `
  GRANT USAGE ON SCHEMA ledger TO deal_ledger_writer, deal_ledger_projector, deal_ledger_reader;
  REVOKE UPDATE, DELETE, TRUNCATE ON ledger.entry, ledger.duplicate, ledger.seal,
    ledger.published_mark FROM deal_ledger_owner;

  GRANT INSERT ON ledger.entry, ledger.duplicate, ledger.quarantine, ledger.seal,
    ledger.published_mark, ledger.partition TO deal_ledger_writer;
  GRANT SELECT ON ledger.entry, ledger.head, ledger.partition TO deal_ledger_writer;
  GRANT UPDATE (position, recorded_at, published_through) ON ledger.head TO deal_ledger_writer;
  GRANT UPDATE (next_offset, epoch, last_offset, last_fingerprint, holes, claimed_by, claimed_at)
    ON ledger.partition TO deal_ledger_writer;

  GRANT SELECT ON ledger.entry, ledger.duplicate, ledger.quarantine, ledger.seal,
    ledger.published_mark, ledger.head, ledger.partition
    TO deal_ledger_projector, deal_ledger_reader`;
