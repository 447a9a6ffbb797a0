/** Rows above and below what is seen, so that a quick scroll shows no gap. */
const overscan = 12;
/** The window moves in steps: not every pixel draws again. */
const step = 6;

export interface Window {
  readonly first: number;
  /** Exclusive. */
  readonly end: number;
}

/** Which rows of one height are drawn at a scroll position: as much work for a hundred rows as for a million. px */
export function windowOf(scrollTop: number, height: number, rowHeight: number, rows: number): Window {
  const top = Math.floor(Math.max(0, scrollTop) / rowHeight);
  const seen = Math.ceil(height / rowHeight) + 1;
  const first = Math.max(0, Math.floor((top - overscan) / step) * step);
  const end = Math.ceil((top + seen + overscan) / step) * step;
  return { first: Math.min(first, Math.max(0, rows - 1)), end: Math.min(end, rows) };
}
