-- Every party that has or had something in a company, or is described as a giant or a fund, as of a
-- day, as known at a position, and how many companies it has something in.
CREATE FUNCTION investors(as_of date, at_position bigint)
RETURNS TABLE (investor text, name text, aliases text[], roles text[], country text, sectors text[],
  companies bigint)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT known.investor, said.name, coalesce(said.aliases, '{}'), coalesce(said.roles, '{}'),
    said.country, coalesce(said.sectors, '{}'),
    (SELECT count(*) FROM portfolio(known.investor, as_of, at_position) p WHERE p.basis IS NOT NULL)
  FROM (
    SELECT DISTINCT h.holder FROM holding h
    WHERE h.effective_from <= as_of AND h.known_from <= at_position AND at_position < h.known_to
      AND h.holder <> 'undisclosed' AND h.holder NOT LIKE 'pool:%'
    UNION
    SELECT c.holder FROM claim c
    WHERE c.effective_from <= as_of AND c.known_from <= at_position AND at_position < c.known_to
    UNION
    SELECT p.party FROM parties(as_of, at_position) p WHERE p.roles && '{giant,fund}') known (investor)
  LEFT JOIN LATERAL (
    SELECT p.* FROM party p
    WHERE p.party = known.investor AND p.effective_from <= as_of
      AND p.known_from <= at_position AND at_position < p.known_to
    ORDER BY p.effective_from DESC LIMIT 1) said ON true;
END;
