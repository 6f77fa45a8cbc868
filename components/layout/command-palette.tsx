"use client";
import { Command } from "cmdk";
import { FolderOpen, GitCompareArrows, Keyboard, Link2, MessagesSquare, Moon, Plug, Rows3, ScanSearch, Search } from "lucide-react";
import { Dialog as Radix } from "radix-ui";
import { useDeferredValue, useEffect, useState } from "react";
import { useGo } from "@/components/ui/go";
import { SafeText } from "@/components/ui/safe-text";
import { StatusIcon } from "@/components/ui/status";
import { useBackCloses } from "@/components/ui/use-back-closes";
import { useOverlay } from "@/components/ui/use-overlay";
import { useRunSearch } from "@/lib/client/hooks/use-run-search";
import { switchDensity } from "./density";
import { navItems } from "./nav-items";
import { Group, Item, itemClass } from "./palette-items";
import { PalettePlaces, PaletteSearch } from "./palette-places";
import { rankOf } from "./rank-of";
import { useShell } from "./shell-context";
import { themes, themeWords, useChosenTheme } from "./theme-switch";
import { forgetTypedAhead, typedAhead } from "./typed-ahead";

type CommandPaletteProps = { readonly onClose: () => void; readonly onShortcuts: () => void };

/** Everything one can go to or do, by its name; runs are looked for on the server. */
export function CommandPalette({ onClose, onShortcuts }: CommandPaletteProps) {
  const open = useGo();
  const { copyLink, openProjects } = useShell();
  const [text, setText] = useState(typedAhead);
  useEffect(forgetTypedAhead, []);
  const [theme, setTheme] = useChosenTheme();
  const go = (href: string) => {
    onClose();
    open(href);
  };
  const act = (action: () => void) => {
    onClose();
    action();
  };
  const overlay = useOverlay();
  useBackCloses(true, onClose);
  return (
    <Radix.Root open onOpenChange={onClose}>
      <Radix.Portal>
        <Radix.Overlay className="fixed inset-0 z-40 animate-appear bg-[oklch(0.15_0.01_256/0.4)]" />
        <Radix.Content
          aria-describedby={undefined}
          {...overlay}
          className="fixed top-[12vh] left-1/2 z-50 w-[min(34rem,calc(100vw-1.5rem))] -translate-x-1/2 animate-rise overflow-hidden rounded-box border bg-overlay shadow-overlay"
        >
          <Radix.Title className="sr-only">Command palette</Radix.Title>
          <Command loop label="Command palette" filter={rankOf}>
            <div className="flex items-center gap-2 border-b px-3">
              <Search aria-hidden size={16} className="text-faint" />
              <Command.Input
                data-autofocus
                value={text}
                onValueChange={setText}
                placeholder="Find a run or a command"
                className="h-11 flex-1 bg-transparent text-title outline-none max-md:text-[16px]"
              />
            </div>
            <Command.List className="max-h-[min(24rem,60vh)] overflow-y-auto p-1.5">
              <Group heading="Go to">
                {navItems.map(({ href, label, icon, keys }) => (
                  <Item key={href} icon={icon} keys={keys} onSelect={() => go(href)}>
                    {label}
                  </Item>
                ))}
                <Item icon={MessagesSquare} keys="g e" onSelect={() => go("/sessions")}>
                  Sessions
                </Item>
                <Item icon={GitCompareArrows} onSelect={() => go("/runs/compare")}>
                  Compare two runs
                </Item>
                <Item icon={Plug} onSelect={() => go("/welcome")}>
                  Connect an agent
                </Item>
                <Item icon={ScanSearch} onSelect={() => go("/inspect")}>
                  Inspect events
                </Item>
              </Group>
              <Group heading="Actions">
                <Item icon={Link2} keys="y" onSelect={() => act(copyLink)}>
                  Copy link to this view
                </Item>
                <Item icon={FolderOpen} keys="g o" onSelect={() => act(openProjects)}>
                  Switch project
                </Item>
                <Item icon={Keyboard} keys="?" onSelect={onShortcuts}>
                  Keyboard shortcuts
                </Item>
                <Item icon={Rows3} keys="g v" onSelect={() => act(switchDensity)}>
                  Switch row density
                </Item>
                {themes
                  .filter((each) => each !== theme)
                  .map((each) => (
                    <Item key={each} icon={Moon} onSelect={() => act(() => setTheme(each))}>
                      {`Theme: ${themeWords[each].toLowerCase()}`}
                    </Item>
                  ))}
              </Group>
              {text.trim() !== "" && <PalettePlaces onGo={go} />}
              {/* They come later: above them is what was already being read. */}
              <FoundRuns text={text} onChoose={(id) => go(`/runs/${id}`)} />
              {text.trim() !== "" && <PaletteSearch text={text.trim()} onGo={go} />}
            </Command.List>
          </Command>
        </Radix.Content>
      </Radix.Portal>
    </Radix.Root>
  );
}

function FoundRuns({ text, onChoose }: { readonly text: string; readonly onChoose: (id: string) => void }) {
  const wanted = useDeferredValue(text.trim());
  const { data: runs } = useRunSearch(wanted);
  if (!runs || runs.length === 0) return null;
  return (
    <Group heading="Runs">
      {runs.map((run) => (
        <Command.Item key={run.id} value={`${run.id} ${wanted}`} onSelect={() => onChoose(run.id)} className={itemClass}>
          <StatusIcon status={run.status} />
          <span className="min-w-0 truncate">
            <SafeText text={run.name} />
          </span>
          <span className="ml-auto max-w-[45%] shrink-0 truncate pl-3 font-code text-faint">
            <SafeText text={run.externalId} />
          </span>
        </Command.Item>
      ))}
    </Group>
  );
}
