-- Events of a run in order of seq, from p_from on, at most p_limit, stopping after the one whose text fills p_bytes: this bounds a
-- page's memory however long its events are. Reads both halves of the log (lib/server/events/read.ts).
CREATE OR REPLACE FUNCTION read_events(p_project uuid, p_run uuid, p_from bigint, p_limit integer, p_bytes integer)
RETURNS TABLE (seq bigint, received_at_ms bigint, source_type text, frame_name text, source_event_id text, estimated_nanos bigint, flags smallint, raw text)
LANGUAGE plpgsql STABLE AS $$
DECLARE
  bytes bigint := 0;
BEGIN
  FOR seq, received_at_ms, source_type, frame_name, source_event_id, estimated_nanos, flags, raw IN
    SELECT * FROM (
      (SELECT e.seq AS n, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id, e.estimated_nanos, e.flags, e.raw
        FROM events e WHERE e.project_id = p_project AND e.run_id = p_run AND e.seq >= p_from ORDER BY e.seq LIMIT p_limit)
      UNION ALL
      (SELECT e.seq, e.received_at_ms, e.source_type, e.frame_name, e.source_event_id, e.estimated_nanos, e.flags, e.raw
        FROM events_ephemeral e WHERE e.project_id = p_project AND e.run_id = p_run AND e.seq >= p_from ORDER BY e.seq LIMIT p_limit)
    ) both_halves ORDER BY n LIMIT p_limit
  LOOP
    RETURN NEXT;
    bytes := bytes + octet_length(raw);
    EXIT WHEN bytes >= p_bytes;
  END LOOP;
END
$$;
