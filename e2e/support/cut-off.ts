import type { Page } from "@playwright/test";

/**
 * Words on the page that cannot be read where they stand: cut at an edge without dots that say so, out of the window, or of which the
 * dots leave next to nothing. What scrolls out of a list, a bar or a table is no such thing.
 */
export function cutOffOn(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const leastPx = 24;
    const cut: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    while (texts.nextNode()) {
      const words = texts.currentNode.textContent?.trim() ?? "";
      const parent = texts.currentNode.parentElement;
      if (words === "" || !parent?.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
      const range = document.createRange();
      range.selectNodeContents(texts.currentNode);
      const { left, right, width } = range.getBoundingClientRect();
      for (let box: Element | null = parent; width > 0 && box; box = box.parentElement) {
        const { overflowX, textOverflow, webkitLineClamp, position, clipPath } = getComputedStyle(box);
        const edge = box.getBoundingClientRect();
        const isForScreenReaders = edge.width <= 1 || (position === "absolute" && clipPath !== "none");
        if (isForScreenReaders || overflowX === "auto" || overflowX === "scroll" || webkitLineClamp !== "none") break;
        if (overflowX === "visible" && box !== document.body) continue;
        if (textOverflow === "ellipsis") {
          if (width > edge.width && edge.width < leastPx) cut.push(`next to nothing of: ${words.slice(0, 40)}`);
          break;
        }
        if (right > edge.right + 1.5 || left < edge.left - 1.5) {
          cut.push(`cut: ${words.slice(0, 40)}`);
          break;
        }
      }
    }
    return cut;
  });
}
