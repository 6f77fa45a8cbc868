"use client";
import { ErrorState } from "@/components/ui/error-state";
import { SkeletonRows } from "@/components/ui/skeleton";
import { toast } from "@/components/ui/toast";
import { useBrowsers } from "@/lib/client/hooks/use-browsers";
import { browserWords } from "@/lib/core/members/browser-words";
import { Section } from "../section";
import { BrowserTable } from "./browser-table";

/** Settings > Browsers: where people are signed in, to sign out what was lost. */
export function BrowsersSection() {
  const { list, signOut } = useBrowsers();
  return (
    <Section title="Browsers" hint="Each stays signed in for 90 days. Sign out a lost or borrowed one: its open pages end at once.">
      {list.error && (
        <ErrorState className="mb-3" title="The browsers could not be loaded." error={list.error} onRetry={() => void list.refetch()} />
      )}
      {signOut.error && <ErrorState className="mb-3" title="The browser could not be signed out." error={signOut.error} />}
      {list.isPending && <SkeletonRows rows={2} className="rounded-box border bg-panel" />}
      {list.data && (
        <BrowserTable
          browsers={list.data}
          pending={signOut.isPending}
          onSignOut={(browser) =>
            signOut.mutate(browser, {
              onSuccess: () => toast({ text: `${browserWords(browser.userAgent)} of ${browser.name} signed out.` }),
            })
          }
        />
      )}
    </Section>
  );
}
