"use client";
import { ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import { ExactNumber, entriesOf, stringifyExact } from "@/lib/core/exact-json";
import { BareButton } from "./bare-button";
import { classNames } from "./class-names";
import { CopyButton } from "./copy-button";
import { formatJsonPath, type JsonPath } from "./json-path";
import { SafeText } from "./safe-text";

type JsonViewProps = {
  readonly value: unknown;
  /** Levels that stand open at first; a collection of more than 50 entries never does. */
  readonly openDepth?: number;
  readonly className?: string;
};

const entriesAtOnce = 100;
const mostOpenAtFirst = 50;
const textClamp = 600;

/** JSON as a tree: what is closed is not drawn, long collections come in pieces, each node can be copied with its path. */
export function JsonView({ value, openDepth = 2, className }: JsonViewProps) {
  return (
    <div className={classNames("break-words font-code [overflow-wrap:anywhere]", className)}>
      <JsonNode name={null} value={value} path={[]} openDepth={openDepth} />
    </div>
  );
}

type NodeProps = {
  readonly name: string | number | null;
  /** The same key stood before in this object. */
  readonly again?: boolean;
  readonly value: unknown;
  readonly path: JsonPath;
  readonly openDepth: number;
};

function JsonNode(props: NodeProps) {
  const { value } = props;
  if (typeof value === "object" && value !== null && !(value instanceof ExactNumber)) return <Collection {...props} value={value} />;
  return (
    <Line path={props.path} value={value} indent>
      <NodeName name={props.name} again={props.again} />
      <Scalar value={value} />
    </Line>
  );
}

function Collection({ name, again, value, path, openDepth }: NodeProps & { readonly value: object }) {
  const isArray = Array.isArray(value);
  const size = isArray ? value.length : entriesOf(value).length;
  const [open, setOpen] = useState(openDepth > 0 && size <= mostOpenAtFirst);
  const [brackets, word] = isArray ? ["[]", size === 1 ? "item" : "items"] : ["{}", size === 1 ? "key" : "keys"];
  return (
    <div>
      <Line path={path} value={value}>
        <BareButton
          aria-expanded={open}
          disabled={size === 0}
          onClick={() => setOpen(!open)}
          className="inline-flex max-w-full items-start rounded-row text-left enabled:hover:bg-hover"
        >
          <ChevronRight
            aria-hidden
            size={12}
            className={classNames(
              "mt-[3px] mr-0.5 shrink-0 text-faint transition-transform",
              open && "rotate-90",
              size === 0 && "opacity-0",
            )}
          />
          <span className="min-w-0">
            <NodeName name={name} again={again} />
            <span className="text-faint">{open ? brackets[0] : brackets}</span>
            {!open && (
              <span className="ml-1 text-faint">
                {size.toLocaleString("en")} {word}
              </span>
            )}
          </span>
        </BareButton>
      </Line>
      {open && <Entries value={value} path={path} openDepth={openDepth - 1} />}
    </div>
  );
}

function Entries({ value, path, openDepth }: { readonly value: object; readonly path: JsonPath; readonly openDepth: number }) {
  const [shown, setShown] = useState(entriesAtOnce);
  const entries: readonly (readonly [string | number, unknown])[] = Array.isArray(value)
    ? value.slice(0, shown).map((item, index) => [index, item] as const)
    : entriesOf(value).slice(0, shown);
  const rest = (Array.isArray(value) ? value.length : entriesOf(value).length) - entries.length;
  const names = new Set<string | number>();
  const isAgain = (key: string | number) => names.size === names.add(key).size;
  return (
    <div className="ml-[5px] border-l pl-2.5">
      {entries.map(([key, item], index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a key may stand twice, and what was sent never changes its order.
        <JsonNode key={index} name={key} again={isAgain(key)} value={item} path={[...path, key]} openDepth={openDepth} />
      ))}
      {rest > 0 && (
        <BareButton className="rounded-row px-1 text-accent hover:bg-hover" onClick={() => setShown(shown + entriesAtOnce * 5)}>
          {rest.toLocaleString("en")} more
        </BareButton>
      )}
    </div>
  );
}

function NodeName({ name, again = false }: { readonly name: string | number | null; readonly again?: boolean }) {
  if (name === null) return null;
  return (
    <span className={typeof name === "number" ? "text-faint" : "text-accent"}>
      {typeof name === "number" ? name : <SafeText text={name} clamp={200} />}
      {again && <span className="tint ml-1 rounded-row px-1 font-sans text-[11px] text-stalled">again</span>}
      <span className="text-faint">: </span>
    </span>
  );
}

function Scalar({ value }: { readonly value: unknown }) {
  if (typeof value === "string")
    return (
      <span className="whitespace-pre-wrap">
        <span className="text-faint">"</span>
        <SafeText text={value} clamp={textClamp} />
        <span className="text-faint">"</span>
      </span>
    );
  if (typeof value === "number" || value instanceof ExactNumber) return <span className="figures text-kind-tool">{String(value)}</span>;
  return <span className="text-kind-model">{String(value)}</span>;
}

type LineProps = { readonly path: JsonPath; readonly value: unknown; readonly indent?: boolean; readonly children: ReactNode };

function Line({ path, value, indent = false, children }: LineProps) {
  return (
    <div className={classNames("group/line flex items-start gap-1 rounded-row hover:bg-hover", indent && "pl-3.5")}>
      <div className="min-w-0 flex-1">{children}</div>
      {/* Not to be marked: a copy of marked lines got empty ones between them. */}
      <span className="flex shrink-0 select-none opacity-0 focus-within:opacity-100 group-hover/line:opacity-100 pointer-coarse:opacity-60">
        {path.length > 0 && <CopyButton text={() => formatJsonPath(path)} what="path" className="font-sans text-[10px]" />}
        <CopyButton text={() => (typeof value === "string" ? value : stringifyExact(value, 2))} what="value" />
      </span>
    </div>
  );
}
