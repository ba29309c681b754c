-- Something to look at in a company's record, shown from its day on.
CREATE TABLE finding (
  company        text COLLATE "C" NOT NULL,
  kind           text COLLATE "C" NOT NULL,
  entries        bigint[] NOT NULL,
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  ended          boolean NOT NULL,           -- no longer so from this day on
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
-- Not unique: a long list of entries would not fit into an index.
CREATE INDEX ON finding (company, effective_from, kind, known_from);
