"use client";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { RelativeTime } from "@/components/ui/figures";
import { SafeText } from "@/components/ui/safe-text";
import type { Browser } from "@/lib/client/hooks/use-browsers";
import { browserWords } from "@/lib/core/members/browser-words";

type BrowserTableProps = {
  readonly browsers: readonly Browser[];
  readonly pending: boolean;
  readonly onSignOut: (browser: Browser) => void;
};

/** Who is signed in, with what, since when. */
export function BrowserTable({ browsers, ...acts }: BrowserTableProps) {
  if (browsers.length === 0)
    return <p className="rounded-box border bg-panel p-3 text-muted">No browser is signed in. This page was opened with a key.</p>;
  return (
    <div className="overflow-x-auto rounded-box border bg-panel">
      <table aria-label="Browsers" className="w-full text-left max-lg:table-fixed">
        <thead className="text-faint text-meta max-lg:sr-only">
          <tr className="border-b [&>th]:h-8 [&>th]:px-3 [&>th]:font-normal">
            <th>Browser</th>
            <th className="max-lg:hidden">Signed in as</th>
            <th className="text-right max-lg:hidden">Last seen</th>
            <th className="text-right max-lg:hidden">Signed in</th>
            <th className="max-lg:w-24">
              <span className="sr-only">Sign out</span>
            </th>
          </tr>
        </thead>
        <tbody>
          {browsers.map((browser) => (
            <Row key={browser.id} browser={browser} {...acts} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

type RowProps = Omit<BrowserTableProps, "browsers"> & { readonly browser: Browser };

function Row({ browser, pending, onSignOut }: RowProps) {
  const { name, isThis, lastSeenAt, signedInAt, userAgent } = browser;
  const words = browserWords(userAgent);
  return (
    <tr className="border-b last:border-b-0 [&>td]:h-9 [&>td]:px-3 max-lg:[&>td]:py-2.5">
      <td className="max-w-56 max-lg:align-top">
        <span className="flex min-w-0 items-center gap-2">
          <span className="truncate font-medium" title={userAgent ?? undefined}>
            {words}
          </span>
          {isThis && <Badge>this one</Badge>}
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-3 gap-y-1 text-meta text-muted lg:hidden">
          <Who browser={browser} />
          <span>
            seen <RelativeTime at={lastSeenAt} />
          </span>
        </span>
      </td>
      <td className="max-w-56 truncate max-lg:hidden">
        <Who browser={browser} />
      </td>
      <td className="text-right max-lg:hidden">
        <RelativeTime at={lastSeenAt} />
      </td>
      <td className="text-right text-muted max-lg:hidden">
        <RelativeTime at={signedInAt} />
      </td>
      <td className="w-px text-right max-lg:align-top">
        {!isThis && (
          <Button
            size="small"
            look="danger"
            disabled={pending}
            aria-label={`Sign out ${words} of ${name}`}
            onClick={() => onSignOut(browser)}
          >
            Sign out
          </Button>
        )}
      </td>
    </tr>
  );
}

function Who({ browser: { as, name, role } }: { readonly browser: Browser }) {
  return (
    <span className="inline-flex min-w-0 items-center gap-1.5">
      {as === "key" && <span className="text-muted">key</span>}
      <span className="truncate" title={name}>
        <SafeText text={name} />
      </span>
      {role && <Badge>{role}</Badge>}
    </span>
  );
}
