import { lazy } from 'react';
import type { ComponentType, LazyExoticComponent } from 'react';
import { codeFailed } from '../api/broken';

/** A part of a page whose code comes when it is first drawn. Where a release took it away, the page is loaded again. */
export function lazyPart<Props>(
  load: () => Promise<ComponentType<Props>>,
): LazyExoticComponent<ComponentType<Props>> {
  return lazy(() =>
    load().then(
      (part) => ({ default: part }),
      (error: unknown) => codeFailed(error),
    ),
  );
}
