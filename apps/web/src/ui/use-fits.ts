import { useLayoutEffect, useRef, useState } from 'react';
import type { RefObject } from 'react';

/**
 * Whether a table fits into the width that its holder has. Once it did not, how wide it was is remembered, so that it
 * comes back when there is room and does not flicker. Measured again with other `rows`.
 */
export function useFits(rows: unknown): { readonly holder: RefObject<HTMLDivElement | null>; fits: boolean } {
  const holder = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(Number.POSITIVE_INFINITY);
  const [needed, setNeeded] = useState(0);
  useLayoutEffect(() => {
    if (!holder.current) return;
    const observer = new ResizeObserver(([entry]) => entry && setWidth(entry.contentRect.width));
    observer.observe(holder.current);
    return () => observer.disconnect();
  }, []);
  useLayoutEffect(() => {
    const frame = holder.current?.querySelector('.table-frame');
    if (frame && frame.scrollWidth > frame.clientWidth) setNeeded(frame.scrollWidth);
  }, [rows, width]);
  return { holder, fits: width >= needed };
}
