import type { SignedInDto } from '@peyk/contracts/identity';
import { eventually } from '@peyk/testing';
import { filled, grouped, words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { demo } from '../support/system';
import { customersPage, stage } from './panel';

jest.setTimeout(300_000);

const entry = words('features/entry');
const sends = words(
  'features/sends',
  'features/new-send',
  'parts/recipients',
  'parts/message-text',
  'parts/sends',
);
const shell = words('');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;

describe('the panel in other hands and times', () => {
  const open: PanelPage[] = [];
  const newPage = async (...view: Parameters<Awaited<ReturnType<typeof stage>>['browser']['open']>) => {
    const page = await (await stage()).browser.open(...view);
    open.push(page);
    return page;
  };
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });

  it('WEB-206 is signed in to and sends with the keyboard alone', async () => {
    const page = await newPage();
    const { keyboard } = page.page;
    /** Tab until the focus is on what is called so. */
    const tabTo = async (name: string): Promise<void> => {
      for (let steps = 0; steps < 60; steps += 1) {
        const focused = page.page.locator(':focus');
        if ((await focused.count()) > 0) {
          const called = await focused.evaluate((element) =>
            [
              element.getAttribute('aria-label'),
              ...[...((element as HTMLInputElement).labels ?? [])].map((label) => label.textContent),
              element.textContent,
            ].map((each) => each?.trim() ?? ''),
          );
          if (called.includes(name)) return;
        }
        await keyboard.press('Tab');
      }
      throw new Error(`Tab does not reach ${name}`);
    };
    await page.page.goto('/sign-in');
    await page.settled();
    await tabTo(word(entry, 'username'));
    await keyboard.type(demo.customer.username);
    await tabTo(word(entry, 'password'));
    await keyboard.type(demo.customer.password);
    await keyboard.press('Enter');
    await page.page.waitForURL('**/home');
    await page.settled();
    await keyboard.press('Control+k');
    await page.page.getByRole('combobox', { name: word(shell, 'searchPanel') }).waitFor();
    await keyboard.type(word(sends, 'newSend'));
    await keyboard.press('Enter');
    await page.page.waitForURL('**/sends/new');
    await page.settled();
    await tabTo(word(sends, 'numbers'));
    // Two: the fields of a part of the list are passed on the way, and must not make it one.
    await keyboard.type('09121000001 09121000002');
    await tabTo(word(sends, 'text'));
    await keyboard.type('سلام');
    await tabTo(word(sends, 'send'));
    await keyboard.press('Enter');
    await page.page.getByRole('dialog', { name: word(sends, 'sureSend') }).waitFor();
    await tabTo(filled(word(sends, 'sendCount'), { count: grouped(2) }));
    await keyboard.press('Enter');
    await page.page.waitForURL(/\/sends\/[0-9a-f-]{36}$/);
    expect(page.errors()).toEqual([]);
  });

  it('WEB-204 keeps what was typed when the session ends, and goes on after signing in again', async () => {
    const page = await newPage(390, 'dark');
    await page.signIn(demo.other.username, demo.other.password, '/sends/new');
    await page.settled();
    const text = page.page.getByLabel(word(sends, 'text'), { exact: true });
    await text.fill('این متن نباید گم شود.');
    // Another device ends all sessions of this account.
    const { system } = await stage();
    const other = await fetch(`${system.baseUrl}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: demo.other.username, password: demo.other.password }),
    });
    const { session } = (await other.json()) as SignedInDto;
    await fetch(`${system.baseUrl}/me/sessions/end-all`, {
      method: 'POST',
      headers: { authorization: `Bearer ${session?.accessToken}` },
    });
    await page.page.getByLabel(word(sends, 'numbers')).fill('09121000001');
    const dialog = page.page.getByRole('dialog', { name: word(shell, 'expiredTitle') });
    await dialog.waitFor();
    await dialog.getByLabel(word(shell, 'password')).fill(demo.other.password);
    await dialog.getByRole('button', { name: word(shell, 'signIn'), exact: true }).click();
    await dialog.waitFor({ state: 'hidden' });
    expect(await text.inputValue()).toBe('این متن نباید گم شود.');
  });

  it('WEB-204 says that the line is down, and that it is back', async () => {
    const page = await customersPage();
    await page.context.setOffline(true);
    await page.page.getByText(word(shell, 'offline')).waitFor();
    await page.context.setOffline(false);
    await page.page.getByText(word(shell, 'offline')).waitFor({ state: 'hidden' });
  });

  it('WEB-202 WEB-204 shows a customer neither menu nor page of the administration, and what is not there', async () => {
    const page = await customersPage();
    expect(await page.page.locator('a[href^="/system"], a[href^="/people"]').count()).toBe(0);
    await page.page.goto('/system/audit');
    await page.page.getByText(word(shell, 'forbidden'), { exact: true }).waitFor();
    await page.page.goto('/no-such-page');
    await page.page.getByText(word(shell, 'noSuchPage'), { exact: true }).waitFor();
    expect(page.errors()).toEqual([]);
  });

  it('WEB-204 a page that breaks says what to do, and its error stands in the log of the platform under the id it shows', async () => {
    const page = await newPage();
    await page.signIn(demo.admin.username, demo.admin.password);
    await page.page.route('**/assets/gifts.screen-*.js', async (route) => {
      await route.fulfill({
        contentType: 'text/javascript',
        body: 'export const GiftsScreen = () => { throw new Error("undefined is not a component"); };',
      });
    });
    await page.page.goto('/money/gifts');
    await page.page.getByRole('heading', { name: word(shell, 'pageFailed') }).waitFor();
    await page.page.getByText(word(shell, 'pageFailedWhat')).waitFor();
    const id = await page.page.locator('.ant-result-subtitle bdi').innerText();
    const { system } = await stage();
    await eventually(() => {
      const line = system.logged('api-gateway').find((each) => each.includes(id));
      expect(line).toContain('"page":"/money/gifts"');
      expect(line).toContain('undefined is not a component');
      return Promise.resolve();
    });
    // The menu is still there, and another page opens.
    await page.page.unroute('**/assets/gifts.screen-*.js');
    await page.button(word(shell, 'reload')).click();
    await page.page.getByRole('heading', { name: word(shell, 'pageFailed') }).waitFor({ state: 'detached' });
    await page.settled();
    expect(await page.broken()).toEqual([]);
  });

  it('WEB-204 an error that no page shows reaches the platform too', async () => {
    const page = await newPage();
    await page.page.goto('/tariffs');
    await page.settled();
    await page.page.evaluate(() => {
      setTimeout(() => {
        throw new Error('a timer broke');
      });
      void Promise.reject(new Error('nobody waited'));
    });
    const { system } = await stage();
    await eventually(() => {
      const lines = system.logged('api-gateway').filter((each) => each.includes('a panel broke'));
      for (const what of ['a timer broke', 'nobody waited'])
        expect(lines.filter((line) => line.includes(what))).toHaveLength(1);
      return Promise.resolve();
    });
  });

  it('WEB-204 after a release the page whose code is gone is loaded again, once', async () => {
    const page = await newPage();
    await page.signIn(demo.customer.username, demo.customer.password);
    let loaded = 0;
    await page.page.route('**/assets/statement.screen-*.js', (route) => route.fulfill({ status: 404 }));
    page.page.on('request', (request) => {
      if (request.isNavigationRequest()) loaded += 1;
    });
    // What the server says is the newest page.
    await page.page.route('**/', async (route) => {
      const answer = await route.fetch();
      const body = (await answer.text()).replace(/index-[\w-]+\.js/, 'index-newer.js');
      await route.fulfill({ response: answer, body });
    });
    await page.page.evaluate(() => {
      window.history.pushState({}, '', '/wallet/statement');
      window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    });
    await page.page.getByRole('heading', { name: word(shell, 'pageFailed') }).waitFor();
    expect(loaded).toBe(1);
    expect(new URL(page.page.url()).pathname).toBe('/wallet/statement');
  });

  it('WEB-206 shows what opens over the page also to those who want no motion', async () => {
    const page = await customersPage('/sends/new');
    await page.page.getByRole('combobox', { name: word(sends, 'line') }).click();
    const list = page.page.locator('.ant-select-dropdown').last();
    await list.waitFor();
    await page.settled();
    const box = await list.boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(900);
  });

  it('BIL-013 asks for a statement once, and with its period from the first', async () => {
    const page = await newPage();
    await page.signIn(demo.customer.username, demo.customer.password);
    await page.settled();
    const asked: URLSearchParams[] = [];
    page.page.on('request', (request) => {
      const { pathname, searchParams } = new URL(request.url());
      if (pathname === '/api/v1/wallet/statement') asked.push(searchParams);
    });
    await page.visit('/wallet/statement');
    await page.page.locator('.table-frame, .row-cards, .ant-empty').first().waitFor();
    await page.settled();
    expect(asked.map((query) => query.has('from') && query.has('to'))).toEqual([true]);
  });

  it('leads a visitor to the sign-in and back to the page', async () => {
    const page = await newPage();
    await page.page.goto('/wallet/statement');
    await page.page.waitForURL(/\/sign-in\?to=%2Fwallet%2Fstatement/);
    await page.page.getByLabel(word(entry, 'username'), { exact: true }).first().fill(demo.customer.username);
    const password = page.page.getByLabel(word(entry, 'password'), { exact: true });
    await password.fill(demo.customer.password);
    await password.press('Enter');
    await page.page.waitForURL('**/wallet/statement');
  });
});
