"use client";
import { type ReactNode, useMemo, useState } from "react";
import { useGo } from "@/components/ui/go";
import { later } from "@/components/ui/later";
import { useAskAgain } from "@/lib/client/hooks/use-ask-again";
import { useOneProject } from "@/lib/client/hooks/use-one-project";
import { RefusalContext } from "@/lib/client/hooks/use-refusal";
import { useShortcuts } from "@/lib/client/hooks/use-shortcuts";
import { BottomNav } from "./bottom-nav";
import { copyLink } from "./copy-link";
import { switchDensity } from "./density";
import { navItems } from "./nav-items";
import { NoAnswer } from "./no-answer";
import { Notices } from "./notices";
import { ShellContext } from "./shell-context";
import { SideNav } from "./side-nav";
import { TypedAhead } from "./typed-ahead";
import { useRefusals } from "./use-refusals";

const AccessWatch = later(() => import("./access-watch").then((module) => module.AccessWatch));
const CommandPalette = later(() => import("./command-palette").then((module) => module.CommandPalette), TypedAhead);
const Messages = later(() => import("./messages").then((module) => module.Messages));
const PageFocus = later(() => import("./page-focus").then((module) => module.PageFocus));
const ProjectDialog = later(() => import("../projects/project-dialog").then((module) => module.ProjectDialog));
const TitleCount = later(() => import("./title-count").then((module) => module.TitleCount));
const ShortcutSheet = later(() => import("./shortcut-sheet").then((module) => module.ShortcutSheet));

type Overlay = "palette" | "shortcuts" | "projects" | null;

type AppShellProps = {
  readonly projectId: string;
  /** Newest entry of the alerts' log when the page was drawn. */
  readonly alertsKnown: number;
  readonly children: ReactNode;
};

/** What stands around every page: navigation, palette, shortcuts. The page itself fills the rest and scrolls on its own. */
export function AppShell({ projectId, alertsKnown, children }: AppShellProps) {
  const go = useGo();
  useOneProject(projectId);
  useAskAgain();
  const refusals = useRefusals();
  const [overlay, setOverlay] = useState<Overlay>(null);
  const shell = useMemo(
    () => ({
      openPalette: () => setOverlay("palette"),
      openShortcuts: () => setOverlay("shortcuts"),
      openProjects: () => setOverlay("projects"),
      copyLink: () => void copyLink(),
    }),
    [],
  );
  useShortcuts("Everywhere", [
    { keys: "mod+k", label: "Command palette", run: () => setOverlay((open) => (open === "palette" ? null : "palette")) },
    { keys: "?", label: "Keyboard shortcuts", run: () => setOverlay("shortcuts") },
    { keys: "y", label: "Copy link to this view", run: shell.copyLink },
    ...navItems.map(({ keys, label, href }) => ({ keys, label: `Go to ${label.toLowerCase()}`, run: () => go(href) })),
    { keys: "g e", label: "Go to sessions", run: () => go("/sessions") },
    { keys: "g o", label: "Switch project", run: () => setOverlay("projects") },
    { keys: "g v", label: "Switch row density", run: switchDensity },
  ]);
  return (
    <RefusalContext value={refusals}>
      <ShellContext value={shell}>
        <a
          href="#page"
          className="sr-only focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50 focus:rounded-box focus:bg-solid focus:px-3 focus:py-1.5 focus:text-on-solid"
        >
          Skip to content
        </a>
        {/* Positioned, so that words for screen readers inside a list that scrolls do not widen the page; clipped, so that a link to a place in the page does not scroll the shell to them. */}
        <div data-project={projectId} className="relative flex h-dvh flex-col-reverse overflow-clip md:flex-row">
          <SideNav className="hidden md:flex" />
          <BottomNav className="md:hidden typing:hidden" />
          <main id="page" tabIndex={-1} className="flex min-h-0 min-w-0 flex-1 flex-col outline-none">
            <NoAnswer />
            {children}
          </main>
        </div>
        <TitleCount />
        <Notices alertsKnown={alertsKnown} onOpen={go} />
        <AccessWatch />
        <Messages />
        <PageFocus />
        {overlay === "palette" && <CommandPalette onClose={() => setOverlay(null)} onShortcuts={() => setOverlay("shortcuts")} />}
        {overlay === "projects" && <ProjectDialog onClose={() => setOverlay(null)} />}
        {overlay === "shortcuts" && <ShortcutSheet onClose={() => setOverlay(null)} />}
      </ShellContext>
    </RefusalContext>
  );
}
