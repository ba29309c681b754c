-- Every company that something is known of, as of a day, as known at a position: what is said of it
-- and its last valuation.
CREATE FUNCTION companies(as_of date, at_position bigint)
RETURNS TABLE (company bytewise, name bytewise, aliases text[], roles text[], founded_on bytewise, country bytewise,
  sectors text[], register bytewise, post_money jsonb, post_money_on date)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT known.company, said.name, coalesce(said.aliases, '{}'), coalesce(said.roles, '{}'),
    said.founded_on, said.country, coalesce(said.sectors, '{}'),
    total.register,
    CASE WHEN value.currency IS NOT NULL THEN
      jsonb_build_object(value.currency, trim_scale(value.amount)::text) END,
    value.effective_from
  FROM (
    SELECT DISTINCT s.company FROM standing s
    WHERE s.effective_from <= as_of AND s.known_from <= at_position AND at_position < s.known_to
    UNION
    SELECT said.party FROM (
      SELECT DISTINCT ON (p.party) p.party, p.roles FROM party p
      WHERE p.effective_from <= as_of AND p.known_from <= at_position AND at_position < p.known_to
      ORDER BY p.party, p.effective_from DESC) said
    WHERE 'company' = ANY (said.roles)) known
  LEFT JOIN LATERAL (
    SELECT p.* FROM party p
    WHERE p.party = known.company AND p.effective_from <= as_of
      AND p.known_from <= at_position AND at_position < p.known_to
    ORDER BY p.effective_from DESC LIMIT 1) said ON true
  LEFT JOIN LATERAL (
    SELECT s.register FROM standing s
    WHERE s.company = known.company AND s.effective_from <= as_of
      AND s.known_from <= at_position AND at_position < s.known_to
    ORDER BY s.effective_from DESC LIMIT 1) total ON true
  LEFT JOIN LATERAL (
    SELECT v.currency, v.amount, v.effective_from FROM valuation v
    WHERE v.company = known.company AND v.effective_from <= as_of
      AND v.known_from <= at_position AND at_position < v.known_to
    ORDER BY v.effective_from DESC, v.ordinal DESC LIMIT 1) value ON true;
END;
