-- Every party that has or had something in a company, or is described as a giant or a fund, as of a
-- day, as known at a position, and how many companies it has a stake in.
CREATE FUNCTION investors(as_of date, at_position bigint)
RETURNS TABLE (investor bytewise, name bytewise, aliases text[], roles text[], country bytewise, sectors text[],
  companies bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT known.investor, said.name, coalesce(said.aliases, '{}'), coalesce(said.roles, '{}'),
    said.country, coalesce(said.sectors, '{}'), held.companies
  FROM (
    SELECT h.holder FROM holding h
    WHERE h.effective_from <= as_of AND h.known_from <= at_position AND at_position < h.known_to
      AND h.holder <> 'undisclosed' AND h.holder NOT LIKE 'pool:%'
    UNION
    SELECT c.holder FROM claim c
    WHERE c.effective_from <= as_of AND c.known_from <= at_position AND at_position < c.known_to
    UNION
    SELECT said.party FROM (
      SELECT DISTINCT ON (p.party) p.party, p.roles FROM party p
      WHERE p.effective_from <= as_of AND p.known_from <= at_position AND at_position < p.known_to
      ORDER BY p.party, p.effective_from DESC) said
    WHERE said.roles && '{giant,fund}') known (investor)
  LEFT JOIN LATERAL (
    SELECT p.* FROM party p
    WHERE p.party = known.investor AND p.effective_from <= as_of
      AND p.known_from <= at_position AND at_position < p.known_to
    ORDER BY p.effective_from DESC LIMIT 1) said ON true
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT line.company) AS companies
    FROM (
      SELECT DISTINCT ON (h.company, h.stock_class) h.company, h.ended
      FROM holding h
      WHERE h.holder = known.investor AND h.effective_from <= as_of
        AND h.known_from <= at_position AND at_position < h.known_to
      ORDER BY h.company DESC, h.stock_class DESC, h.effective_from DESC) line
    WHERE NOT line.ended) held;
END;
