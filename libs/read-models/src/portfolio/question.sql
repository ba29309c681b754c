-- What an investor has in each company, as of a day, as known at a position. What it sold stays,
-- with ownership 0; what it only has a claim on has ownership null. Every row names its own holder.
CREATE FUNCTION portfolio(of_investor text, as_of date, at_position bigint)
RETURNS TABLE (
  holder bytewise,
  company bytewise,
  ownership numeric,           -- of the outstanding units, over all classes; null: unknown
  ownership_at_most numeric,   -- where there is one line; null: known, or no bound
  basis bytewise,              -- the weakest; null: sold out, or claims only
  estimated boolean,
  cost_known jsonb,            -- {currency: amount}
  cost_unknown bigint,         -- purchases of which some of the price is not known
  value jsonb,                 -- {currency: amount}: ownership of the last valuation
  multiple numeric,            -- value / cost; null: a cost is unknown or has no rate
  consideration jsonb,         -- [{form, currency, amount, qualifier}]
  claims jsonb,                -- [{roundId, tranche, currency, amount}]
  first_investment date,
  last_investment date,
  entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT asked.read_as, mine.company,
    CASE WHEN held.rows > 0 THEN
      CASE WHEN held.lines = 0 THEN 0.000000
        ELSE share(held.units, total.units_outstanding) END
    END,
    CASE WHEN held.lines = 1 THEN share(held.units_at_most, total.units_outstanding) END,
    held.basis::text, coalesce(held.estimated, false),
    coalesce(paid.known, '{}'), coalesce(paid.unknown, 0),
    CASE WHEN held.units * valued.amount IS NOT NULL AND total.units_outstanding > 0 THEN jsonb_build_object(
      valued.currency, half_even(held.units * valued.amount, total.units_outstanding, 2)::text) END,
    CASE WHEN paid.unknown = 0 AND held.units >= 0 THEN
      half_even(held.units * valued.amount, total.units_outstanding * paid.converted, 2) END,
    coalesce(paid.consideration, '[]'), coalesce(claimed.claims, '[]'),
    paid.first_on, paid.last_on,
    coalesce((
      SELECT array_agg(DISTINCT e.entry ORDER BY e.entry)
      FROM unnest(held.entries || paid.entries || claimed.entries) AS e (entry)), '{}')
  FROM identities(of_investor, at_position) asked
  CROSS JOIN LATERAL (
    SELECT h.company FROM holding h
    WHERE h.holder = asked.read_as AND h.effective_from <= as_of
      AND h.known_from <= at_position AND at_position < h.known_to
    UNION
    SELECT c.company FROM claim c
    WHERE c.holder = asked.read_as AND c.effective_from <= as_of
      AND c.known_from <= at_position AND at_position < c.known_to) mine (company)
  LEFT JOIN LATERAL (
    SELECT s.* FROM standing s
    WHERE s.company = mine.company AND s.effective_from <= as_of
      AND s.known_from <= at_position AND at_position < s.known_to
    ORDER BY s.effective_from DESC LIMIT 1) total ON true
  CROSS JOIN LATERAL (
    SELECT count(*) AS rows, count(*) FILTER (WHERE NOT line.ended) AS lines,
      CASE WHEN count(*) > 0 AND bool_and(line.ended) THEN 0  -- sold out: worth nothing
        ELSE sum(CASE WHEN line.outstanding THEN line.units ELSE 0 END)
          FILTER (WHERE line.shows_units)
      END AS units,
      max(line.units_at_most) AS units_at_most,
      max(line.basis) FILTER (WHERE NOT line.ended) AS basis,
      bool_or(NOT line.ended AND (line.estimated OR coalesce(
        (total.estimated_on, total.estimated_ordinal) > (line.disclosed_on, line.disclosed_ordinal),
        total.estimated_on IS NOT NULL))) AS estimated,
      array_concat(since.entries) AS entries
    FROM (
      SELECT DISTINCT ON (h.stock_class) h.*,
        h.units_known AND NOT (h.unknown_stake AND h.units = 0) AND NOT h.ended AS shows_units
      FROM holding h
      WHERE h.holder = asked.read_as AND h.company = mine.company AND h.effective_from <= as_of
        AND h.known_from <= at_position AND at_position < h.known_to
      ORDER BY h.stock_class DESC, h.effective_from DESC) line
    CROSS JOIN LATERAL (
      SELECT array_agg(made.entry) AS entries
      FROM holding h CROSS JOIN LATERAL unnest(h.entries) AS made (entry)
      WHERE h.company = line.company AND h.holder = line.holder
        AND h.stock_class = line.stock_class
        AND h.effective_from BETWEEN coalesce(line.disclosed_on, '-infinity') AND as_of
        AND h.known_from <= at_position AND at_position < h.known_to) since) held
  LEFT JOIN LATERAL (
    SELECT v.amount, v.currency, v.effective_from FROM valuation v
    WHERE v.company = mine.company AND v.effective_from <= as_of
      AND v.known_from <= at_position AND at_position < v.known_to
    ORDER BY v.effective_from DESC, v.ordinal DESC LIMIT 1) valued ON true
  CROSS JOIN LATERAL cost(asked.read_as, mine.company, as_of, at_position,
    valued.currency, valued.effective_from) paid
  CROSS JOIN LATERAL (
    SELECT jsonb_agg(jsonb_build_object('roundId', c.round_id, 'tranche', c.tranche,
        'currency', nullif(c.currency, ''), 'amount', c.amount::text)
        ORDER BY c.round_id, c.tranche, c.currency) AS claims,
      array_concat(c.entries) AS entries
    FROM (
      SELECT DISTINCT ON (c.round_id, c.tranche, c.currency) c.*
      FROM claim c
      WHERE c.holder = asked.read_as AND c.company = mine.company AND c.effective_from <= as_of
        AND c.known_from <= at_position AND at_position < c.known_to
      ORDER BY c.round_id DESC, c.tranche DESC, c.currency DESC, c.effective_from DESC) c
    WHERE NOT c.ended) claimed;
END;
