-- A joined id and the id that what is said under it is read under. Believed, not dated.
CREATE TABLE identity (
  party      text COLLATE "C" NOT NULL,
  known_from bigint NOT NULL,
  known_to   bigint NOT NULL DEFAULT 9223372036854775807,
  read_as    text COLLATE "C" NOT NULL,
  PRIMARY KEY (party, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
CREATE INDEX ON identity (read_as);
