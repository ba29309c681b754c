-- Who owns what of a company, as of a day, as known at a position.
CREATE FUNCTION cap_table(of_company text, as_of date, at_position bigint)
RETURNS TABLE (
  holder bytewise,
  stock_class bytewise,              -- null: no class
  units numeric,                     -- share register only
  ownership numeric,                 -- of the outstanding units; null: unknown
  ownership_fully_diluted numeric,   -- of all units
  ownership_at_most numeric,         -- null: known, or no bound
  basis bytewise,
  source bytewise,                   -- the weakest behind it; null: nothing is
  estimated boolean,
  comparisons jsonb,                 -- [{than, relation, entry}]
  entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT line.holder, nullif(line.stock_class, ''),
    CASE WHEN line.shows_units AND total.register = 'recorded' THEN line.units END,
    CASE
      WHEN NOT line.shows_units THEN NULL
      WHEN line.outstanding THEN share(line.units, total.units_outstanding)
      WHEN total.units_outstanding > 0 THEN 0.000000
    END,
    CASE WHEN line.shows_units THEN share(line.units, total.units_in_issue) END,
    share(line.units_at_most, total.units_outstanding),
    line.basis::text, since.source::text,
    line.estimated OR coalesce(
      (total.estimated_on, total.estimated_ordinal) > (line.disclosed_on, line.disclosed_ordinal),
      total.estimated_on IS NOT NULL),
    coalesce(compared.comparisons, '[]'), since.entries
  FROM (
    SELECT s.*
    FROM identities(of_company, at_position) asked
    JOIN standing s ON s.company = asked.read_as
    WHERE s.effective_from <= as_of AND s.known_from <= at_position AND at_position < s.known_to
    ORDER BY s.effective_from DESC
    LIMIT 1) total
  CROSS JOIN LATERAL (
    SELECT DISTINCT ON (h.holder, h.stock_class) h.*,
      h.units_known AND NOT (h.unknown_stake AND h.units = 0) AS shows_units
    FROM holding h
    WHERE h.company = total.company AND h.effective_from <= as_of
      AND h.known_from <= at_position AND at_position < h.known_to
    ORDER BY h.holder DESC, h.stock_class DESC, h.effective_from DESC) line  -- the index, backwards
  CROSS JOIN LATERAL (
    SELECT coalesce(
        array_agg(DISTINCT made.entry ORDER BY made.entry) FILTER (WHERE made.entry IS NOT NULL), '{}'
      ) AS entries,
      max(h.source) AS source
    FROM holding h LEFT JOIN LATERAL unnest(h.entries) AS made (entry) ON true
    WHERE h.company = line.company AND h.holder = line.holder AND h.stock_class = line.stock_class
      AND h.effective_from BETWEEN coalesce(line.disclosed_on, '-infinity') AND as_of
      AND h.known_from <= at_position AND at_position < h.known_to) since
  LEFT JOIN LATERAL (
    SELECT c.holder, jsonb_agg(jsonb_build_object(
      'than', c.than, 'relation', c.relation, 'entry', c.entry) ORDER BY c.than) AS comparisons
    FROM comparisons(total.company, as_of, at_position) c
    GROUP BY c.holder) compared ON compared.holder = line.holder
  WHERE NOT line.ended;
END;
