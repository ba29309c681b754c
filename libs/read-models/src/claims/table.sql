-- A convertible claim of a holder on a company, one a currency, from a day on.
CREATE TABLE claim (
  company        text COLLATE "C" NOT NULL,
  holder         text COLLATE "C" NOT NULL,
  round_id       text COLLATE "C" NOT NULL,
  tranche        bigint NOT NULL,
  currency       text COLLATE "C" NOT NULL,  -- '' while nobody said how much
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  ended          boolean NOT NULL,           -- a conversion named its round
  amount         numeric,                    -- in `currency`; null: nobody said
  entries        bigint[] NOT NULL,
  PRIMARY KEY (company, holder, round_id, tranche, currency, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
CREATE INDEX claim_by_holder ON claim (holder, company);
