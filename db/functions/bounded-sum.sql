-- Caps a sum at the largest integer that JavaScript represents exactly. Otherwise an agent that reports its cost in the wrong unit
-- would overflow bigint, and every later event booked in the same place would be rejected.
CREATE OR REPLACE FUNCTION bounded_sum(p_sum numeric) RETURNS bigint LANGUAGE sql IMMUTABLE AS $$
  SELECT least(greatest(p_sum, -9007199254740991), 9007199254740991)::bigint
$$;

-- `bounded_sum` of two numbers that are already within its bounds, as all stored ones are: their sum cannot overflow bigint, which
-- adds in a tenth of the time that numeric takes.
CREATE OR REPLACE FUNCTION bounded_plus(p_a bigint, p_b bigint) RETURNS bigint LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT least(greatest(p_a + p_b, -9007199254740991), 9007199254740991)
$$;
