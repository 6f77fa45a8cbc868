import { Download } from "lucide-react";
import { Button } from "@/components/ui/button";
import type { CostReport } from "@/lib/core/api/costs";

type CsvButtonProps = {
  readonly report: CostReport;
  /** What the file is called, before its days. */
  readonly name: string;
  readonly csv: (report: CostReport) => string;
};

/** Saves what stands below it as a file for a spreadsheet. */
export function CsvButton({ report, name, csv }: CsvButtonProps) {
  return (
    <Button onClick={() => save(csv(report), `${name}-${report.from.slice(0, 10)}-${report.to.slice(0, 10)}.csv`)}>
      <Download aria-hidden size={14} />
      CSV
    </Button>
  );
}

/** With the mark of UTF-8: without it, Excel takes the names for another alphabet's. */
function save(text: string, name: string): void {
  const url = URL.createObjectURL(new Blob([`\ufeff${text}`], { type: "text/csv;charset=utf-8" }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  // Some browsers read it only after the press.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
