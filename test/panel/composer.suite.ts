import { randomUUID } from 'node:crypto';
import type { ClubDto } from '@peyk/contracts/billing';
import type { ProfileDto } from '@peyk/contracts/identity';
import type { LinesDto, SendDto } from '@peyk/contracts/sms';
import { eventually } from '@peyk/testing';
import { ApiClient } from '../support/api';
import { filled, grouped, words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { demo } from '../support/system';
import { stage } from './panel';

jest.setTimeout(300_000);

const sends = words(
  'features/sends',
  'features/new-send',
  'parts/recipients',
  'parts/message-text',
  'parts/sends',
);
const shell = words('');
const wallet = words('features/wallet');
const money = words('features/wallet', 'features/requests', 'features/club');
const sms = words('features/sends');
const audit = words('parts/audit');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;

describe('recipients, limits and a line that is down, in the browser', () => {
  let client: ApiClient;
  let page: PanelPage;
  let scheduled: SendDto;
  const many = Array.from({ length: 1_000 }, (_, at) => `0912100${String(at).padStart(4, '0')}`);

  beforeAll(async () => {
    const { system, browser } = await stage();
    client = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    const { lines } = await client.request<LinesDto>('GET', '/lines');
    scheduled = await client.request<SendDto>('POST', '/sends', {
      lineId: lines.find(({ active }) => active)?.id,
      text: 'سلام به شما در زمان خود.',
      title: 'برای فردا',
      recipients: { numbers: [...many.slice(0, 60), many[0], '02188776655'] },
      sendAt: new Date(Date.now() + 86_400_000).toISOString(),
      idempotencyKey: randomUUID(),
    });
    page = await browser.open();
    await page.signIn(demo.customer.username, demo.customer.password);
  });
  afterAll(async () => {
    await client.request('POST', `/sends/${scheduled.id}/cancel`);
    await page?.close();
  });

  it('1,000 pasted numbers become a list with a name; while it cannot be made nothing is lost', async () => {
    const { page: tab } = page;
    await page.visit('/sends/new');
    const numbers = tab.getByLabel(word(sends, 'numbers'));
    // In all writings, with one that comes twice and one that is none.
    const pasted = [
      ...many.map((number, at) => (at % 2 ? `+98 ${number.slice(1)}` : number)),
      many[4],
      '02188776655',
    ].join(' ، ');
    await tab.route('**/api/v1/recipient-lists/file', (route) => route.fulfill({ status: 503, body: '{}' }));
    await numbers.fill(pasted);
    await page.button(word(shell, 'retry')).waitFor();
    expect(await numbers.inputValue()).toBe(pasted);
    await tab.unroute('**/api/v1/recipient-lists/file');
    page.errors();
    await page.button(word(shell, 'retry')).click();
    const valid = filled(word(sends, 'validNumbers'), { count: grouped(1_000) });
    const name = word(sends, 'pastedList').split('{')[0] ?? '';
    await tab.getByText(name).first().waitFor();
    await tab.getByText(valid, { exact: true }).waitFor();
    await page.button(word(sends, 'showRows')).click();
    // The number that came twice, and where it stood first.
    const twice = tab.locator('tr', { hasText: word(sends, 'rowDuplicate') });
    await twice.waitFor();
    expect(await twice.innerText()).toMatch(/۹۱۲۱۰۰۰۰۰۴[\s\S]*۵/);
    expect(page.errors()).toEqual([]);
  });

  it('SMS-207 a scheduled send shows its recipients, found by number, and what was left out', async () => {
    const { page: tab } = page;
    await page.visit(`/sends/${scheduled.id}`);
    await tab.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(60) })).waitFor();
    await tab.getByText(word(sends, 'recipientsLeftOut')).waitFor();
    await tab.getByLabel(word(sends, 'searchNumber')).fill('+98 912 100 0059');
    await tab.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(1) })).waitFor();
    await tab.getByText('۰۹۱۲ ۱۰۰ ۰۰۵۹').waitFor();
    await page.button(word(sends, 'change')).click();
    await tab
      .getByRole('dialog')
      .getByText(filled(word(sends, 'recipientsCount'), { count: grouped(60) }))
      .click();
    await tab.getByRole('dialog').getByText('۰۹۱۲ ۱۰۰ ۰۰۵۹').waitFor();
    await tab.keyboard.press('Escape');
    expect(page.errors()).toEqual([]);
  });

  it('a top-up of 12 or of 10^15 is refused at its field, with both bounds, before anything is asked', async () => {
    const { page: tab } = page;
    await page.visit('/wallet');
    const asked: string[] = [];
    tab.on('request', (request) => {
      if (request.method() === 'POST') asked.push(request.url());
    });
    const amount = tab.getByLabel(word(wallet, 'amount'), { exact: true });
    for (const wrong of ['12', '1000000000000000']) {
      await amount.fill(wrong);
      await page.button(word(wallet, 'pay')).click();
      const item = tab.locator('.ant-form-item', { has: amount });
      await item.locator('.ant-form-item-explain-error').waitFor();
      expect(await item.innerText()).toContain(grouped(10_000));
    }
    expect(asked).toEqual([]);
    expect(page.errors()).toEqual([]);
  });

  it('WEB-204 offline the page stays, what is pressed says why, and all goes on by itself when the line is back', async () => {
    const { page: tab } = page;
    await page.visit('/wallet/requests');
    await page.visit(`/sends/${scheduled.id}`);
    await tab.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(60) })).waitFor();
    const asked: string[] = [];
    tab.on('request', (request) => void asked.push(new URL(request.url()).pathname));
    await page.context.setOffline(true);
    await tab.getByText(word(shell, 'offline')).waitFor();
    await page.button(word(sends, 'pause')).click();
    await tab.getByText(word(shell, 'networkFailed')).first().waitFor();
    // A page that was never opened: this one stays until its code can come.
    await tab.evaluate(() => {
      window.history.pushState({}, '', '/templates');
      window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    });
    await tab.waitForTimeout(1_000);
    await tab.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(60) })).waitFor();
    expect(await page.broken()).toEqual([]);
    await page.context.setOffline(false);
    await tab.getByText(word(shell, 'offline')).waitFor({ state: 'hidden' });
    await tab.getByRole('heading', { name: word(words('features/templates'), 'templates') }).waitFor();
    page.errors();
    await page.visit(`/sends/${scheduled.id}`);
    await tab.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(60) })).waitFor();
    asked.length = 0;
    await page.context.setOffline(true);
    await tab.getByText(word(shell, 'offline')).waitFor();
    await page.context.setOffline(false);
    // The stream and what the page had read.
    await eventually(() => {
      expect(asked).toContain(`/api/v1/sends/${scheduled.id}/progress`);
      expect(asked).toContain(`/api/v1/sends/${scheduled.id}`);
      return Promise.resolve();
    });
    page.errors();
    await page.settled();
    expect(await page.broken()).toEqual([]);
  });

  it("an administrator goes from all sends to the full report of a customer's, which the audit log keeps", async () => {
    const { browser } = await stage();
    const admin = await browser.open(390);
    try {
      await admin.signIn(demo.admin.username, demo.admin.password);
      await admin.visit(`/sms/sends?customerId=${demo.customer.id}`);
      await admin.page.getByRole('link', { name: 'برای فردا' }).first().click();
      await admin.page.waitForURL(`**/sms/sends/${scheduled.id}`);
      await admin.page.getByText(word(sms, 'openedIsKept')).waitFor();
      await admin.page.getByText(filled(word(sends, 'recipientsLoaded'), { loaded: grouped(60) })).waitFor();
      expect([...(await admin.overflow()), ...(await admin.clipped())]).toEqual([]);
      await eventually(async () => {
        await admin.visit('/system/audit');
        await admin.page.getByText(word(audit, 'sendOpened')).first().waitFor({ timeout: 2_000 });
      });
      expect(admin.errors()).toEqual([]);
    } finally {
      await admin.close();
    }
  });

  it('WEB-202 menus hold what the account can use: no wallet of an administrator, no requests without a reseller, no club that is off', async () => {
    const { browser } = await stage();
    const offered = async ({ page: tab }: PanelPage): Promise<(string | null)[]> => {
      // Every page by its name, whatever folds away in the menu.
      await tab.keyboard.press('Control+k');
      const search = tab.getByRole('combobox', { name: word(shell, 'searchPanel') });
      const found: (string | null)[] = [];
      for (const name of [word(money, 'ownRequests'), word(money, 'club'), word(money, 'topUp')]) {
        await search.fill(name);
        found.push(...(await tab.getByRole('option').allTextContents()));
      }
      await tab.keyboard.press('Escape');
      return found;
    };
    await page.visit('/home');
    const club = await client.request<ClubDto>('GET', '/club');
    const me = await client.request<ProfileDto>('GET', '/me');
    const has = (list: readonly (string | null)[], name: string): boolean =>
      list.some((text) => text?.startsWith(word(money, name)));
    const own = await offered(page);
    expect([has(own, 'topUp'), has(own, 'ownRequests'), has(own, 'club')]).toEqual([
      true,
      me.reseller !== null,
      club.status !== 'inactive',
    ]);
    const admin = await browser.open();
    try {
      await admin.signIn(demo.admin.username, demo.admin.password);
      const theirs = await offered(admin);
      expect(has(theirs, 'topUp')).toBe(false);
      expect(
        await admin.page.locator('a[href="/wallet"], a[href="/sends/new"], a[href="/club"]').count(),
      ).toBe(0);
      await admin.arrive('/wallet');
      await admin.page.getByText(word(shell, 'forbidden'), { exact: true }).waitFor();
    } finally {
      await admin.close();
    }
  });
});
