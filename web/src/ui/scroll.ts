// Brings an element into sight inside its own scroll box; the browser's scrollIntoView would also move the page behind.

function scrollBox(element: HTMLElement): HTMLElement | null {
  for (let box = element.parentElement; box; box = box.parentElement) {
    const { overflowY } = getComputedStyle(box);
    if (overflowY === 'auto' || overflowY === 'scroll') return box;
  }
  return null;
}

/** Scrolls no further than needed, with `margin` pixels of air. What is taller than the box shows its beginning. */
export function showInBox(element: HTMLElement | null, margin = 12): void {
  const box = element && scrollBox(element);
  if (!element || !box) return;
  const own = element.getBoundingClientRect();
  const frame = box.getBoundingClientRect();
  const above = own.top - frame.top - margin;
  const below = own.bottom - frame.bottom + margin;
  if (above < 0 || own.height + 2 * margin > frame.height) box.scrollTop += above;
  else if (below > 0) box.scrollTop += below;
}

/** To the very end, for a conversation. */
export function showEnd(element: HTMLElement | null): void {
  const box = element && scrollBox(element);
  if (box) box.scrollTop = box.scrollHeight;
}
