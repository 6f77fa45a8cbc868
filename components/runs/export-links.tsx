import { Download } from "lucide-react";
import { type ButtonSize, buttonClass } from "@/components/ui/button-class";

type ExportLinksProps = {
  /** Which runs: `?ids=` or the filters. */
  readonly query: URLSearchParams;
  readonly what: string;
  readonly size?: ButtonSize;
  readonly onDone?: () => void;
};

const formats = ["csv", "json"] as const;

/** A file of runs, as CSV or JSON. */
export function ExportLinks({ query, what, size, onDone }: ExportLinksProps) {
  return formats.map((format) => (
    <a
      key={format}
      href={hrefOf(query, format)}
      download
      aria-label={`Export ${what} as ${format.toUpperCase()}`}
      onClick={onDone && (() => requestAnimationFrame(onDone))}
      className={buttonClass("outline", size)}
    >
      {size === "small" && <Download aria-hidden size={13} className="max-md:hidden" />}
      {format.toUpperCase()}
    </a>
  ));
}

function hrefOf(query: URLSearchParams, format: (typeof formats)[number]): string {
  const params = new URLSearchParams(query);
  params.set("format", format);
  return `/api/runs/export?${params}`;
}
