import { PanelBrowser } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { demo, startForSpec } from '../support/system';
import type { PeykSystem } from '../support/system';

/** Pages are opened once and left: what V8 would optimise for long use takes a tenth more of the processor. */
const scriptFlags = ['--js-flags=--no-opt --no-maglev --single-threaded'];

interface Stage {
  readonly system: PeykSystem;
  readonly browser: PanelBrowser;
}
let starting: Promise<Stage> | undefined;

/** The system and the browser that the suites of panel.e2e-spec.ts share. */
export function stage(): Promise<Stage> {
  starting ??= startForSpec('panel').then(async (system) => ({
    system,
    browser: await PanelBrowser.start(system.httpPort, scriptFlags).catch(async (error: unknown) => {
      await system.stop();
      throw error;
    }),
  }));
  return starting;
}

let signedIn: Promise<PanelPage> | undefined;

/**
 * A large page of the demo customer at `path`, for tests that change nothing of the account and leave nothing open: to
 * load the panel and sign in takes ten times as long as to go on in it.
 */
export async function customersPage(path = '/home'): Promise<PanelPage> {
  signedIn ??= stage().then(async ({ browser }) => {
    const page = await browser.open();
    await page.signIn(demo.customer.username, demo.customer.password);
    return page;
  });
  const page = await signedIn;
  // What another test's page said, such as of a line that was down.
  page.errors();
  await page.visit(path);
  return page;
}

export async function stopStage(): Promise<void> {
  const running = await starting?.catch(() => undefined);
  await running?.browser.close();
  await running?.system.stop();
}
