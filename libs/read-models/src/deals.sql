-- What analysts use, in a schema whose name stays: the questions of the live filling, and how to
-- name a position. Made anew whenever another filling becomes live.
DROP SCHEMA IF EXISTS deals CASCADE;
CREATE SCHEMA deals;
GRANT USAGE ON SCHEMA deals TO deal_ledger_reader;

-- The newest position that the read models have come to.
CREATE FUNCTION deals.latest_position() RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT position FROM checkpoint;
END;

-- The last position recorded at or before a time, as far as the read models have come.
CREATE FUNCTION deals.position_at(at_time timestamptz) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT least(ledger.position_at(at_time), position) FROM checkpoint;
END;

-- The last position before the ledger's publications pass a day (UTC), as far as the read models
-- have come.
CREATE FUNCTION deals.position_published_by(of_day date) RETURNS bigint
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT least(ledger.position_published_by(of_day), position) FROM checkpoint;
END;

-- Every question under its own name, with its own parameters and columns.
DO $wrap$
DECLARE question record;
BEGIN
  FOR question IN
    SELECT p.proname AS name, pg_get_function_arguments(p.oid) AS parameters,
      pg_get_function_result(p.oid) AS answer,
      (SELECT string_agg(format('$%s', n), ', ') FROM generate_series(1, p.pronargs) n) AS given
    FROM pg_proc p
    WHERE p.pronamespace = current_schema()::regnamespace AND p.proretset
  LOOP
    EXECUTE format(
      'CREATE FUNCTION deals.%I(%s) RETURNS %s LANGUAGE sql STABLE PARALLEL SAFE '
        'BEGIN ATOMIC SELECT * FROM %I.%I(%s); END',
      question.name, question.parameters, question.answer, current_schema(), question.name,
      question.given);
  END LOOP;
END $wrap$;
