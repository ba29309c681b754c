-- Which id a party is read under, as believed at a position: its own, unless it was joined.
CREATE FUNCTION identities(of_party text, at_position bigint)
RETURNS TABLE (party bytewise, read_as bytewise)
LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
  SELECT of_party, coalesce(
    (SELECT i.read_as FROM identity i
     WHERE i.party = of_party AND i.known_from <= at_position AND at_position < i.known_to),
    of_party);
END;
