type Box = { readonly left: number; readonly top: number; readonly width: number; readonly height: number };
type Size = { readonly width: number; readonly height: number };

const gap = 5;
const margin = 8;

/** Where a hint stands: centred above its target, below where there is no room above, never over the edge of the window. */
export function tooltipPlace(target: Box, hint: Size, view: Size): { readonly left: number; readonly top: number } {
  const above = target.top - gap - hint.height;
  const top = above >= margin ? above : target.top + target.height + gap;
  const centred = target.left + target.width / 2 - hint.width / 2;
  const left = Math.max(margin, Math.min(centred, view.width - margin - hint.width));
  return { left: Math.round(left), top: Math.round(Math.min(top, view.height - margin - hint.height)) };
}
