import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Which fillings of the read models there are. A filling's own tables live in a schema of its own,
 * `read_<version>_<filling>`, made and dropped by the projector.
 */
export class Projection1764000000001 implements MigrationInterface {
  async up(db: QueryRunner): Promise<void> {
    await db.query(`
      CREATE TABLE projection.filling (
        version     integer NOT NULL,
        filling     integer NOT NULL,
        schema_name text COLLATE "C" NOT NULL UNIQUE,
        state       text COLLATE "C" NOT NULL DEFAULT 'building'
          CHECK (state IN ('building', 'ready', 'live', 'retired')),
        started_at  timestamptz NOT NULL DEFAULT clock_timestamp(),
        ready_at    timestamptz,
        live_at     timestamptz,
        retired_at  timestamptz,
        PRIMARY KEY (version, filling));

      -- One row says which is live.
      CREATE UNIQUE INDEX filling_live ON projection.filling (state) WHERE state = 'live';

      GRANT USAGE ON SCHEMA projection
        TO deal_ledger_writer, deal_ledger_projector, deal_ledger_reader;
      GRANT CREATE ON SCHEMA projection TO deal_ledger_projector;
      GRANT SELECT, INSERT, UPDATE, DELETE ON projection.filling TO deal_ledger_projector;
      GRANT SELECT ON projection.filling TO deal_ledger_reader`);
  }

  down(): Promise<void> {
    throw new Error('The ledger only goes forward: write the next migration.');
  }
}
