"use client";
import { Plus } from "lucide-react";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { ConfirmDialog } from "@/components/ui/confirm-dialog";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import {
  useChangeSource,
  useChangeStream,
  useCreateSource,
  useDeleteSource,
  useFollowStream,
  useForgetStream,
  useSources,
  useTestSource,
} from "@/lib/client/hooks/use-sources";
import type { Source } from "@/lib/core/api/source";
import { Section } from "../section";
import { SourceCard } from "./source-card";
import { EditSourceDialog, FollowDialog, NewSourceDialog } from "./source-dialogs";
import { StreamList } from "./stream-list";

/** Settings > Sources: how each system is reached, what of it is followed, and how that goes. */
export function SourcesSection() {
  const sources = useSources();
  const create = useCreateSource();
  const [adding, setAdding] = useState(false);
  const close = () => {
    setAdding(false);
    create.reset();
  };
  return (
    <Section
      title="Sources"
      hint="Where runs come from. With a URL, their streams are followed and decisions go to their own endpoints."
      action={
        <Button look="solid" onClick={() => setAdding(true)}>
          <Plus aria-hidden size={14} />
          Add source
        </Button>
      }
    >
      {sources.error && (
        <ErrorState
          className="mb-3"
          title="The sources could not be loaded."
          error={sources.error}
          onRetry={() => void sources.refetch()}
        />
      )}
      {sources.isPending && <SkeletonRows rows={2} className="rounded-box border bg-panel" />}
      {sources.data?.length === 0 && (
        <p className="rounded-box border bg-panel px-3 py-4 text-muted">
          A source appears with its first event. Add one manually to follow a stream that nobody sends.
        </p>
      )}
      <ul aria-label="Sources" className="space-y-2">
        {sources.data?.map((source) => (
          <OneSource key={source.id} source={source} />
        ))}
      </ul>
      {adding && (
        <NewSourceDialog
          pending={create.isPending}
          error={create.error}
          onClose={close}
          onCreate={(wanted) => create.mutate(wanted, { onSuccess: close })}
        />
      )}
    </Section>
  );
}

type Asked = "edit" | "follow" | "forget";

function OneSource({ source }: { readonly source: Source }) {
  const [asked, setAsked] = useState<Asked | null>(null);
  const test = useTestSource();
  const change = useChangeSource();
  const follow = useFollowStream();
  const remove = useDeleteSource();
  const steer = useChangeStream();
  const forget = useForgetStream();
  const { id } = source;
  const close = () => {
    setAsked(null);
    for (const mutation of [change, follow]) mutation.reset();
  };
  const done = { onSuccess: close };
  const state = ({ isPending, error }: typeof change | typeof follow) => ({ pending: isPending, error, onClose: close });
  return (
    <SourceCard
      source={source}
      test={{ pending: test.isPending, result: test.data ?? null, error: test.error, run: () => test.mutate(id) }}
      onEdit={() => setAsked("edit")}
      onFollow={() => setAsked("follow")}
      onDelete={() => setAsked("forget")}
    >
      {(steer.error ?? forget.error) && (
        <ErrorState className="mx-3 mb-2" title="The stream could not be changed." error={(steer.error ?? forget.error) as Error} />
      )}
      <StreamList
        streams={source.streams}
        onChange={(stream, wanted) => steer.mutate({ id, stream, state: wanted })}
        onForget={(stream) => forget.mutate({ id, stream })}
      />
      {asked === "edit" && (
        <EditSourceDialog {...state(change)} source={source} onChange={(wanted) => change.mutate({ id, change: wanted }, done)} />
      )}
      {asked === "follow" && <FollowDialog {...state(follow)} source={source} onFollow={(wanted) => follow.mutate({ id, wanted }, done)} />}
      {asked === "forget" && (
        <ConfirmDialog
          title={`Disconnect ${source.name}?`}
          description="Its URL, token and streams are removed, and pending calls are dropped. Its runs stay."
          action="Disconnect"
          doing="Disconnecting"
          failed="The source could not be disconnected."
          mutation={remove}
          onConfirm={() => remove.mutate(id, done)}
          onClose={close}
        />
      )}
    </SourceCard>
  );
}
