-- What is said of every party, as of a day, as known at a position.
CREATE FUNCTION parties(as_of date, at_position bigint)
RETURNS TABLE (party bytewise, name bytewise, aliases text[], roles text[], founded_on bytewise, country bytewise,
  sectors text[], entries bigint[])
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT DISTINCT ON (p.party)
    p.party, p.name, p.aliases, p.roles, p.founded_on, p.country, p.sectors, p.entries
  FROM party p
  WHERE p.effective_from <= as_of AND p.known_from <= at_position AND at_position < p.known_to
  ORDER BY p.party, p.effective_from DESC;
END;
