import { useLayoutEffect, useState } from "react";
import { Group, Panel, Separator, usePanelRef } from "react-resizable-panels";
import { Sheet } from "@/components/ui/dialog";
import { useInBrowser } from "@/components/ui/use-in-browser";
import { useNarrow } from "@/components/ui/use-media";
import { Inspector, type InspectorProps, SelectionTitle } from "../inspector/inspector";
import { rememberedWidth, rememberWidth } from "./remembered";

/** The view, and the inspector beside it; on a narrow screen over it. */
export function WithInspector({ inspector, children }: { readonly inspector: InspectorProps; readonly children: React.ReactNode }) {
  const narrow = useNarrow();
  const open = inspector.selected.span !== null || inspector.selected.seq !== null;
  const { panel, width } = usePanelWidth(open);
  if (narrow) {
    return (
      <>
        <div className="@container/run-view min-h-0 flex-1">{children}</div>
        <Sheet open={open} onOpenChange={(next) => !next && inspector.onClose()} title={<SelectionTitle selected={inspector.selected} />}>
          <div className="-mx-4 h-full">
            <Inspector {...inspector} inSheet />
          </div>
        </Sheet>
      </>
    );
  }
  return (
    <Group
      orientation="horizontal"
      className="min-h-0 flex-1"
      onLayoutChanged={({ inspector: width }) => width !== undefined && rememberWidth("inspector", width)}
    >
      <Panel id="view" minSize="30%" className="@container/run-view">
        {children}
      </Panel>
      {open && (
        <>
          <Separator
            aria-label="Width of the inspector"
            className="w-px bg-line outline-none transition-colors hover:bg-accent focus-visible:bg-accent data-[separator=active]:bg-accent"
          />
          <Panel id="inspector" panelRef={panel} defaultSize={`${width ?? 30}%`} minSize="260px" maxSize="65%" className="border-l-0">
            <Inspector {...inspector} />
          </Panel>
        </>
      )}
    </Group>
  );
}

/**
 * The width that a panel begins with, in percent; null = the usual. What the server drew is taken over as it is, and then set to what
 * this browser was left with, of which the server knows nothing. A panel that opens later cannot be set before its group knows it.
 */
function usePanelWidth(open: boolean) {
  const panel = usePanelRef();
  const inBrowser = useInBrowser();
  // Read before the group says, and has us remember, the usual width.
  const [drawn] = useState(() => (open && !inBrowser ? rememberedWidth("inspector") : null));
  useLayoutEffect(() => {
    if (drawn !== null) panel.current?.resize(`${drawn}%`);
  }, [panel, drawn]);
  return { panel, width: inBrowser ? rememberedWidth("inspector") : null };
}
