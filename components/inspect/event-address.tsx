import { Fact, Facts } from "@/components/ui/facts";
import { NoFigure } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { InspectedEvent } from "@/lib/core/api/inspect";

const idClamp = 160;

/** Where the event would be stored and by what a repeat is recognised. */
export function EventAddress({ event }: { readonly event: InspectedEvent }) {
  const { address, frame, ephemeral, sanitized, redacted } = event;
  if (!address) return null;
  return (
    <Facts>
      <Fact label="Run">
        {address.kind === "activity" ? (
          <>
            no run: the source's stream <Code text={address.run} />
          </>
        ) : (
          <Code text={address.run} />
        )}
      </Fact>
      <Fact label="Type">{address.type ? <Code text={address.type} /> : <NoFigure why="no type" />}</Fact>
      <Fact label="Event id">{address.id ? <Code text={address.id} /> : <NoFigure why="the sender gives none" />}</Fact>
      <Fact label="Sender's seq">
        {address.seq === undefined ? <NoFigure why="the sender gives none" /> : <Code text={String(address.seq)} />}
      </Fact>
      <Fact label="Deduplicated by">
        {address.dedupeKey ? (
          <Code text={address.dedupeKey} />
        ) : (
          <span className="text-muted">nothing: sent twice, it is stored twice</span>
        )}
      </Fact>
      {frame && (
        <Fact label="Frame">
          <Code text={[frame.event && `event: ${frame.event}`, frame.id && `id: ${frame.id}`].filter(Boolean).join("  ")} />
        </Fact>
      )}
      <Fact label="Kept">
        <span className="text-muted">
          {ephemeral ? "for 1 day, like all deltas and thoughts" : "for the retention period in Settings, About"}
        </span>
      </Fact>
      {redacted !== undefined && (
        <Fact label="Redacted">
          <span className="text-stalled">
            {redacted === 1 ? "One value is" : `${redacted.toLocaleString("en")} values are`} removed before it is stored.
          </span>
        </Fact>
      )}
      {sanitized && (
        <Fact label="Changed">
          <span className="text-stalled">U+0000 or lone surrogates in it are replaced: the database cannot store them.</span>
        </Fact>
      )}
    </Facts>
  );
}

function Code({ text }: { readonly text: string }) {
  return (
    <span className="font-code">
      <SafeText text={text} clamp={idClamp} />
    </span>
  );
}
