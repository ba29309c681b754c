-- A point of a company's valuations series: post-money, as of its day.
CREATE TABLE valuation (
  company        text COLLATE "C" NOT NULL,
  kind           text COLLATE "C" NOT NULL,
  ref            text COLLATE "C" NOT NULL,  -- roundId#tranche, or a figureId
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  amount         numeric NOT NULL,           -- in `currency`
  currency       text COLLATE "C" NOT NULL,
  estimated      boolean NOT NULL,
  ordinal        integer NOT NULL,           -- place among the valuations of its day
  entries        bigint[] NOT NULL,
  PRIMARY KEY (company, effective_from, kind, ref, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
