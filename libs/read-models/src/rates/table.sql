-- What one unit of `base` was worth in `quote` on a day.
CREATE TABLE rate (
  base           text COLLATE "C" NOT NULL,
  quote          text COLLATE "C" NOT NULL,
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  rate           numeric NOT NULL CHECK (rate > 0),
  source         strength NOT NULL,
  entries        bigint[] NOT NULL,
  PRIMARY KEY (base, quote, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
