import { PanelBrowser } from '../support/panel';
import { startForSpec } from '../support/system';
import type { PeykSystem } from '../support/system';

interface Stage {
  readonly system: PeykSystem;
  readonly browser: PanelBrowser;
}
let starting: Promise<Stage> | undefined;

/** The system and the browser that the suites of panel.e2e-spec.ts share. */
export function stage(): Promise<Stage> {
  starting ??= startForSpec('panel').then(async (system) => ({
    system,
    browser: await PanelBrowser.start(system.httpPort).catch(async (error: unknown) => {
      await system.stop();
      throw error;
    }),
  }));
  return starting;
}

export async function stopStage(): Promise<void> {
  const running = await starting?.catch(() => undefined);
  await running?.browser.close();
  await running?.system.stop();
}
