"use client";
import { notifyManager, QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { ThemeProvider } from "next-themes";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import { type ReactNode, useState } from "react";
import { GoProvider } from "@/components/ui/go";
import { later } from "@/components/ui/later";
import { ApiError } from "@/lib/client/hooks/api-error";
import { RenderedAt } from "@/lib/client/hooks/use-now";

const TooltipLayer = later(() => import("@/components/ui/tooltip-layer").then((module) => module.TooltipLayer));

type ProvidersProps = { readonly nonce: string | undefined; readonly renderedAtMs: number; readonly children: ReactNode };

// In the frame of the press: told a timer later, a box that was ticked was seen to be unticked first.
notifyManager.setScheduler(queueMicrotask);

/** The server may be this machine, or in reach without the internet: what a browser says of its network holds nothing back. */
const networkMode = "always";
const mostRetries = 2;

/** A refusal is final; only an unreachable or failing server is asked again. */
function shouldRetry(failures: number, error: Error): boolean {
  const final = error instanceof ApiError && error.status >= 400 && error.status < 500 && error.status !== 429;
  return !final && failures < mostRetries;
}

export function Providers({ nonce, renderedAtMs, children }: ProvidersProps) {
  const [client] = useState(
    () =>
      new QueryClient({
        defaultOptions: {
          queries: { retry: shouldRetry, refetchOnWindowFocus: false, staleTime: 5_000, networkMode },
          mutations: { networkMode },
        },
      }),
  );
  return (
    <ThemeProvider attribute="class" defaultTheme="system" enableSystem disableTransitionOnChange nonce={nonce}>
      <RenderedAt value={renderedAtMs}>
        <QueryClientProvider client={client}>
          <NuqsAdapter>
            <GoProvider>{children}</GoProvider>
            <TooltipLayer />
          </NuqsAdapter>
        </QueryClientProvider>
      </RenderedAt>
    </ThemeProvider>
  );
}
