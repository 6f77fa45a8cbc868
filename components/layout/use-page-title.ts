import { useEffect } from "react";

/** The number of waiting approvals in front of a title is not the page's. */
const counted = /^\(\d+\) /;
/** What `document.title` makes of any run of these when it is read. */
const blanks = /[\t\n\f\r ]+/g;

/** A title that the page gives itself and keeps: Next may write the route's own after it, while the page still hydrates. */
export function usePageTitle(words: string): void {
  const title = words.replace(blanks, " ").replace(/^ | $/g, "");
  useEffect(() => {
    let routes = document.title.replace(counted, "");
    const write = (text: string) => {
      document.title = `${counted.exec(document.title)?.[0] ?? ""}${text}`;
    };
    const keep = () => {
      const bare = document.title.replace(counted, "");
      if (bare === title) return;
      routes = bare;
      write(title);
    };
    keep();
    const observer = new MutationObserver(keep);
    observer.observe(document.head, { subtree: true, childList: true, characterData: true });
    return () => {
      observer.disconnect();
      // The page that comes next may have written its own already.
      if (document.title.replace(counted, "") === title) write(routes);
    };
  }, [title]);
}
