import { startForSpec } from '../support/system';
import type { PeykSystem } from '../support/system';

/** Lower than in production, so that a test reaches them quickly. */
export const fileRowsMax = 20_000;
export const uploadMaxBytes = 4 * 1024 * 1024;

let starting: Promise<PeykSystem> | undefined;

/** The system that the suites of platform.e2e-spec.ts share: a system each would cost them more than what they do. */
export function platform(): Promise<PeykSystem> {
  starting ??= startForSpec('platform', {
    env: {
      FILE_ROWS_MAX: String(fileRowsMax),
      UPLOAD_MAX_BYTES: String(uploadMaxBytes),
      // Hostile sign-ins come from many addresses.
      TRUST_PROXY: '127.0.0.1',
    },
  });
  return starting;
}

export async function stopPlatform(): Promise<void> {
  await (await starting?.catch(() => undefined))?.stop();
}
