-- One holder's line in one stock class, from a day on.
CREATE TABLE holding (
  company        text COLLATE "C" NOT NULL,
  holder         text COLLATE "C" NOT NULL,
  stock_class    text COLLATE "C" NOT NULL,  -- '' for units without a class
  effective_from date NOT NULL,              -- from this day on …
  known_from     bigint NOT NULL,            -- … as believed from this position …
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,  -- … until this one
  ended          boolean NOT NULL,           -- no line any more
  outstanding    boolean NOT NULL,           -- counts towards ownership; false for option classes
  units          numeric NOT NULL,
  units_known    boolean NOT NULL,           -- false: sold an unknown part
  unknown_stake  boolean NOT NULL,           -- ownership is at least what the units say
  units_at_most  numeric,                    -- null: no unknown stake, or no bound
  basis          basis NOT NULL,
  estimated      boolean NOT NULL,           -- by what fed the line itself; see also standing
  disclosed_on   date,                       -- the line's last disclosure: its day …
  disclosed_ordinal integer,                 -- … and which of that day's facts it was
  source         strength,                   -- the weakest of `entries`
  entries        bigint[] NOT NULL,          -- what made this step; the line's own are a union
  PRIMARY KEY (company, holder, stock_class, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
CREATE INDEX holding_by_holder ON holding (holder, company, stock_class, effective_from, known_from);

-- A comparison in force between two parties of a company, from a day on.
CREATE TABLE comparison (
  company        text COLLATE "C" NOT NULL,
  holder         text COLLATE "C" NOT NULL,
  than           text COLLATE "C" NOT NULL,
  effective_from date NOT NULL,
  known_from     bigint NOT NULL,
  known_to       bigint NOT NULL DEFAULT 9223372036854775807,
  relation       text NOT NULL CHECK (relation IN ('more', 'less', 'equal')),
  entry          bigint NOT NULL,
  PRIMARY KEY (company, holder, than, effective_from, known_from),
  CHECK (known_from < known_to)
) WITH (fillfactor = 85);
