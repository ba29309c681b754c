-- Division that rounds half to even. round() goes half away from zero, and numeric division is
-- inexact: here the remainder decides. Exact for numbers of any length; null where there is
-- nothing to divide by (docs/rules.md#l1, docs/rules.md#p1).

-- part / whole to `scale` decimals; keeps its trailing zeros.
CREATE FUNCTION half_even(part numeric, whole numeric, scale integer) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN CASE WHEN whole > 0 THEN
  sign(part) * ('1e-' || scale::text)::numeric
    * (div(abs(part) * ('1e' || scale::text)::numeric, whole)
      + CASE sign(2 * mod(abs(part) * ('1e' || scale::text)::numeric, whole) - whole)
          WHEN 1 THEN 1
          WHEN 0 THEN mod(div(abs(part) * ('1e' || scale::text)::numeric, whole), 2)
          ELSE 0
        END)
  END;

-- Ownership: a part of the units in issue, to 6 decimals.
CREATE FUNCTION share(part numeric, whole numeric) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE
RETURN half_even(part, whole, 6);
