-- What a holder paid for a stake or a claim, on its day.
CREATE TABLE purchase (
  company        text COLLATE "C" NOT NULL,
  holder         text COLLATE "C" NOT NULL,
  ref            text COLLATE "C" NOT NULL,  -- roundId#tranche, a transactionId, or a disclosure's key
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  replaces_earlier boolean NOT NULL,         -- a disclosed total cost to date
  ordinal        integer NOT NULL,           -- place among the purchases of its day
  known          jsonb NOT NULL,             -- {currency: amount}, native money
  unknown        boolean NOT NULL,           -- some of the price is not known
  consideration  jsonb NOT NULL,             -- [{form, currency, amount, qualifier}]
  entries        bigint[] NOT NULL,
  PRIMARY KEY (holder, company, ref, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
