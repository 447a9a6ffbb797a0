import { normalizePersian, toJalali } from '@peyk/persian';
import type { Locator } from 'playwright-core';
import { digits, filled, words } from '../support/panel';
import type { PanelPage, Theme, Width } from '../support/panel';
import { demo } from '../support/system';
import { customersPage, stage } from './panel';

jest.setTimeout(300_000);

const entry = words('features/entry');
const home = words('features/home');
const account = words('features/account');
const shell = words('');
const menuWords = words('parts/screens');
const warnings = words('parts/warnings');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;
const someone = { username: 'reseller', password: demo.customer.password };

/** Roles of what is pressed, and of what stands in its name. */
const pressed = new Set(['button', 'link', 'menuitem', 'tab', 'radio', 'checkbox', 'img', 'image']);

describe('what stands around every page', () => {
  const open: PanelPage[] = [];
  const newPage = async (width?: Width, theme?: Theme): Promise<PanelPage> => {
    const page = await (await stage()).browser.open(width, theme);
    open.push(page);
    return page;
  };
  afterEach(async () => {
    for (const page of open.splice(0)) await page.close();
  });

  it('WEB-001 WEB-002 WEB-003 WEB-004 WEB-034 the entry: both ways side by side, remember-me with its warning, whose username is what', async () => {
    const { page } = await newPage(1440);
    await page.goto('/sign-in');
    const ways = await Promise.all(
      ['byPassword', 'byCode'].map((way) =>
        page.getByRole('heading', { name: word(entry, way) }).boundingBox(),
      ),
    );
    expect(ways.every((box) => box !== null)).toBe(true);
    expect(Math.abs((ways[0]?.y ?? 0) - (ways[1]?.y ?? 999))).toBeLessThan(10);
    const remember = page.getByRole('checkbox', { name: word(entry, 'remember') }).first();
    expect(await remember.isChecked()).toBe(false);
    await remember.check();
    await page.getByText(word(entry, 'rememberOn')).first().waitFor();
    await page.getByText(word(entry, 'guide')).click();
    await page.getByText(word(entry, 'guideStudentName')).waitFor();
    await page.getByText(word(entry, 'guidePassword')).waitFor();
    expect(await page.locator('label.ant-form-item-required').count()).toBeGreaterThanOrEqual(3);
  });

  it('WEB-005 WEB-006 WEB-203 the theme follows the system, then the choice, which is kept', async () => {
    const panel = await newPage(1440, 'dark');
    const { page } = panel;
    const shown = (): Promise<string | undefined> =>
      page.evaluate(() => document.documentElement.dataset['theme']);
    await page.goto('/sign-in');
    await panel.settled();
    expect(await shown()).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    await page.waitForFunction(() => document.documentElement.dataset['theme'] === 'light');
    await panel.theme('dark');
    await page.reload();
    expect(await shown()).toBe('dark');
    await page.emulateMedia({ colorScheme: 'light' });
    expect(await shown()).toBe('dark');
  });

  it('WEB-008 WEB-025 WEB-026 WEB-031 WEB-202 large screens: a bar of sections, and the pages of one at the right, by role', async () => {
    const panel = await customersPage();
    const { page } = panel;
    const bar = page.getByRole('navigation', { name: word(shell, 'sectionsNav') });
    const titleOf = (section: string): string => word(menuWords, section);
    const sectionLink = (section: string): Locator => bar.getByRole('link', { name: titleOf(section) });
    for (const section of ['sectionHome', 'sectionSms', 'sectionMoney', 'sectionAccount'])
      await sectionLink(section).waitFor();
    expect(await bar.getByText(titleOf('sectionManagement')).count()).toBe(0);

    const pagesOf = (section: string): Locator =>
      page.getByRole('navigation', { name: filled(word(shell, 'pagesOf'), { section: titleOf(section) }) });
    await sectionLink('sectionSms').click();
    await page.waitForURL('**/sends/new');
    const sms = pagesOf('sectionSms');
    const box = await sms.boundingBox();
    expect((page.viewportSize()?.width ?? 0) - (box?.x ?? 0) - (box?.width ?? 0)).toBeLessThan(20);
    const titles = [
      ['new-send', 'newSend'],
      ['sends', 'sends'],
      ['inbox', 'inbox'],
      ['lines', 'ownLines'],
      ['opt-outs', 'optOuts'],
      ['templates', 'templates'],
    ].map(([feature = '', title = '']) => word(words(`features/${feature}`), title));
    for (const title of titles) await sms.getByRole('link', { name: title }).waitFor();
    // What is open is said in both lists, and neither repeats the other.
    expect(await sms.locator('[aria-current="page"]').textContent()).toBe(titles[0]);
    expect(await bar.locator('[aria-current="true"]').textContent()).toBe(titleOf('sectionSms'));
    const [above, beside] = await Promise.all(
      [bar, sms].map((nav) => nav.getByRole('link').allTextContents()),
    );
    expect(beside?.filter((title) => above?.includes(title))).toEqual([]);

    await sectionLink('sectionMoney').click();
    await page.waitForURL('**/wallet');
    await pagesOf('sectionMoney')
      .getByRole('link', { name: word(words('parts/wallet', 'features/wallet'), 'statement'), exact: true })
      .waitFor();
    expect(await sms.count()).toBe(0);
  });

  it('WEB-007 WEB-025 the bar of sections cuts no word at 1024 and 1280 px: what has no room opens behind a button', async () => {
    const panel = await newPage(1280);
    const { page } = panel;
    // As with twice as many sections.
    await page.addInitScript(() =>
      document.addEventListener('DOMContentLoaded', () => {
        const style = document.createElement('style');
        style.textContent = '.section-bar a { padding-inline: 44px }';
        document.head.append(style);
      }),
    );
    // Who has the most sections.
    await panel.signIn('reseller', demo.customer.password);
    const toolbar = page.getByRole('navigation', { name: word(shell, 'sectionsNav') });
    const more = toolbar.getByRole('button', { name: word(shell, 'moreSections') });
    for (const width of [1280, 1024] as const) {
      await panel.resize(width);
      // At 1280 there may be room for all.
      if (width === 1024) await more.waitFor();
      await panel.settled();
      const bar = await toolbar.boundingBox();
      const boxes = await Promise.all(
        [...(await toolbar.getByRole('link').all()), ...(await more.all())].map((each) => each.boundingBox()),
      );
      expect(boxes.length).toBeGreaterThan(3);
      for (const box of boxes) {
        expect(box?.x).toBeGreaterThanOrEqual((bar?.x ?? 0) - 1);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual((bar?.x ?? 0) + (bar?.width ?? 0) + 1);
      }
    }
    const account = page.getByRole('menuitem', { name: word(menuWords, 'sectionAccount') });
    await more.click();
    await account.click();
    await page.waitForURL('**/profile');
    await account.waitFor({ state: 'hidden' });

    // By the keyboard alone.
    await panel.visit('/home');
    await more.focus();
    await page.keyboard.press('Enter');
    await account.waitFor();
    await page.keyboard.press('End');
    await page.keyboard.press('Enter');
    await page.waitForURL('**/profile');
  });

  it('WEB-007 BIL-009 a visitor with a phone of 320 or 390 px sees what a part costs', async () => {
    const { page } = await newPage(390);
    await page.goto('/tariffs');
    const price = page.locator('td.numbers').first();
    await price.waitFor();
    for (const width of [390, 320]) {
      await page.setViewportSize({ width, height: 844 });
      for (const box of await Promise.all(
        (await page.locator('td.numbers').all()).map((cell) => cell.boundingBox()),
      )) {
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(width);
      }
    }
  });

  it('WEB-009 WEB-010 phones: the most used pages and the menu stay at the bottom, where a thumb reaches them', async () => {
    const panel = await newPage(390);
    const { page } = panel;
    await panel.signIn(demo.customer.username, demo.customer.password);
    await panel.settled();
    const menu = page.getByRole('navigation', { name: word(shell, 'allSections') });
    expect(await menu.count()).toBe(0);
    const quick = page.getByRole('navigation', { name: word(shell, 'quickAccess') });
    const box = await quick.boundingBox();
    expect((box?.y ?? 0) + (box?.height ?? 0)).toBeGreaterThanOrEqual(843);
    expect(await quick.getByRole('link').count()).toBeGreaterThanOrEqual(3);
    const button = quick.getByRole('button', { name: word(shell, 'menu'), exact: true });
    await button.click();
    await menu.waitFor();
    const sheet = await menu.boundingBox();
    expect((sheet?.y ?? 0) + (sheet?.height ?? 0)).toBeGreaterThan(800);
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });

    await button.click();
    const statement = menu.getByRole('link', {
      name: word(words('parts/wallet', 'features/wallet'), 'statement'),
      exact: true,
    });
    expect(await statement.isVisible()).toBe(false);
    // What still slides in is somewhere else when the tap comes.
    const atRest = (): Promise<unknown> =>
      menu.evaluate(() =>
        Promise.allSettled(
          document
            .getAnimations()
            .filter(({ effect }) => effect?.getComputedTiming().endTime !== Infinity)
            .map((animation) => animation.finished),
        ).then(() => true),
      );
    await atRest();
    await menu.getByText(word(menuWords, 'sectionMoney'), { exact: true }).click();
    await statement.waitFor();
    await atRest();
    await statement.click();
    await page.waitForURL('**/wallet/statement');
    await menu.waitFor({ state: 'detached' });
    await panel.settled();
    // The section of the page that is open is unfolded, and the page is marked.
    await button.click();
    await statement.waitFor();
    expect(await statement.getAttribute('aria-current')).toBe('page');
    await page.keyboard.press('Escape');
    await menu.waitFor({ state: 'detached' });
    await quick.getByRole('link').nth(1).click();
    await page.waitForURL('**/sends/new');
  });

  it('WEB-011 WEB-012 WEB-022 WEB-024 WEB-201 the first page: greeting by the Jalali date, warnings and how many, quick buttons, barcode, activity', async () => {
    const { system } = await stage();
    await fetch(`${system.baseUrl}/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ username: someone.username, password: 'a guess of somebody' }),
    });
    const panel = await newPage(1440);
    const { page } = panel;
    await panel.signIn(someone.username, someone.password);
    await panel.settled();
    const { year, day } = toJalali(new Date());
    await page
      .getByText(new RegExp(`${digits(String(day))} .* ${digits(String(year))}`))
      .first()
      .waitFor();
    await page.getByText(word(warnings, 'warningFailedTries')).first().waitFor();
    const bell = page.getByRole('button', {
      name: new RegExp(filled(word(shell, 'unread'), { count: 'N' }).replace('N', '[۰-۹]+')),
    });
    await bell.waitFor();
    await page.getByRole('heading', { name: word(home, 'activity') }).waitFor();
    await page.getByRole('img', { name: word(home, 'barcodeAlt') }).waitFor();
    await page.getByRole('button', { name: word(warnings, 'seen'), exact: true }).click();
    await page.getByText(word(warnings, 'warningFailedTries')).first().waitFor({ state: 'detached' });
  });

  it('WEB-206 names what can be pressed in Persian: an icon beside words says nothing', async () => {
    const panel = await customersPage();
    const cdp = await panel.context.newCDPSession(panel.page);
    for (const path of ['/home', '/sends/new', '/wallet', '/profile']) {
      await panel.visit(path);
      const { nodes } = await cdp.send('Accessibility.getFullAXTree');
      const names = nodes
        .filter(({ ignored, role }) => !ignored && pressed.has(String(role?.value)))
        .map(({ name }) => String(name?.value ?? ''));
      expect(names.length).toBeGreaterThan(5);
      expect([path, names.filter((name) => name === '' || /[a-z]{2}/.test(name))]).toEqual([path, []]);
    }
  });

  it('WEB-024 the search asks when typing rests, and opens what it found for the last words', async () => {
    const panel = await customersPage();
    const { page } = panel;
    const asked: string[] = [];
    const searchOf = (url: string): string | null => new URL(url).searchParams.get('search');
    page.on('request', (one) => {
      const search = searchOf(one.url());
      if (search !== null) asked.push(search);
    });
    await page.keyboard.press('Control+k');
    const input = page.getByRole('combobox', { name: word(shell, 'searchPanel') });
    await input.waitFor();
    const typed = word(words('features/templates'), 'templates');
    const wanted = normalizePersian(typed);
    const last = page.waitForRequest((one) => searchOf(one.url()) === wanted);
    await input.pressSequentially(typed);
    await last;
    // Once; a machine that stops between two keys may ask in between.
    expect(asked.length).toBeLessThan(typed.length / 2);
    expect(asked.filter((search) => search === wanted)).toHaveLength(1);
    await page.keyboard.press('Enter');
    await page.waitForURL('**/templates');
  });

  it('WEB-013 WEB-205 the password changes in a small window above the profile', async () => {
    const panel = await newPage(390, 'dark');
    const { page } = panel;
    await panel.signIn(demo.customer.username, demo.customer.password, '/profile');
    await panel.settled();
    await panel.button(word(account, 'changePassword')).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel(word(account, 'oldPassword')).fill('wrong-one-1405');
    await page.keyboard.press('Escape');
    await dialog.waitFor({ state: 'hidden' });
    expect(new URL(page.url()).pathname).toBe('/profile');
  });
});
