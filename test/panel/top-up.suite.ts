import { eventually } from '@peyk/testing';
import { words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import type { PeykSystem } from '../support/system';
import { stage } from './panel';

jest.setTimeout(300_000);

const entry = words('features/entry');
const wallet = words('features/wallet', 'features/topups', 'parts/topups');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;
const passwords = words('ui/password.fa.json');
const password = 'Xk7-باران-panel';
const mobile = '09991405077';

describe('a visitor becomes a customer and pays', () => {
  let system: PeykSystem;
  let page: PanelPage;

  beforeAll(async () => {
    const { browser, ...rest } = await stage();
    system = rest.system;
    page = await browser.open(390);
  });
  afterAll(() => page?.close());

  it('IDN-031 IDN-215 signs up in four steps on a phone', async () => {
    const { page: tab } = page;
    const next = (key: string): Promise<void> => page.button(word(entry, key)).click();
    const typePassword = async (): Promise<void> => {
      await tab.getByLabel(word(entry, 'password'), { exact: true }).fill(password);
      await tab.getByLabel(word(passwords, 'repeat'), { exact: true }).fill(password);
    };
    const email = tab.getByLabel(word(entry, 'email'), { exact: true });
    const name = tab.getByLabel(word(entry, 'fullName'));
    // A later step without what comes before it begins at the first, with a word.
    await tab.goto('/sign-up/code');
    await tab.waitForURL('**/sign-up/plan');
    await tab.getByText(word(entry, 'stepLost')).waitFor();
    await tab.goto('/sign-up');
    await tab.waitForURL('**/sign-up/plan');
    await tab.getByRole('radio').first().check();
    await next('next');
    await tab.waitForURL('**/sign-up/person');
    await name.fill('فروشگاه آزمون');
    await tab.getByLabel(word(entry, 'username'), { exact: true }).fill('panelshop');
    await typePassword();
    // A wrong e-mail is refused here, not after an SMS.
    await email.fill('nobody');
    await next('next');
    await tab.locator('.ant-form-item-explain-error').first().waitFor();
    expect(new URL(tab.url()).pathname).toBe('/sign-up/person');
    await email.fill('shop@example.ir');
    await next('next');
    await tab.waitForURL('**/sign-up/mobile');
    page.errors();
    await tab.getByRole('textbox', { name: word(entry, 'mobile') }).fill(mobile);
    // Back goes one step back and keeps what was typed; a refresh keeps all but the password.
    await tab.goBack();
    await tab.waitForURL('**/sign-up/person');
    expect(await name.inputValue()).toBe('فروشگاه آزمون');
    await tab.goForward();
    await tab.waitForURL('**/sign-up/mobile');
    await tab.reload();
    await tab.getByText(word(entry, 'passwordForgotten')).waitFor();
    expect(await tab.getByRole('textbox', { name: word(entry, 'mobile') }).inputValue()).toBe(mobile);
    await typePassword();
    await tab.getByRole('checkbox').first().check();
    await next('askCode');
    const code = await eventually(async () => {
      const { items } = await system.simulator<{ items: { text: string | null }[] }>(
        'GET',
        `/messages?destination=98${mobile.slice(1)}`,
      );
      const found = /\d{6}/.exec(items.at(-1)?.text ?? '')?.[0];
      if (!found) throw new Error('no code yet');
      return found;
    });
    await tab.getByLabel(word(entry, 'code'), { exact: true }).fill(code);
    await next('finish');
    await tab.waitForURL('**/home');
    expect(page.errors()).toEqual([]);
  });

  it('BIL-001 BIL-011 tops up at the bank and comes back to the credited payment', async () => {
    const { page: tab } = page;
    await page.visit('/wallet');
    await tab.getByRole('spinbutton', { name: word(wallet, 'amount') }).fill('200000');
    await page.button(word(wallet, 'pay')).click();
    // Over our page to the simulated bank's.
    await tab.locator('button[value=pay]').click();
    // And from it to the page of the top-up, without a further click.
    await tab.waitForURL(/\/wallet\/topups\/[0-9a-f-]{36}$/);
    await tab.getByText(word(wallet, 'stateCredited'), { exact: true }).first().waitFor();
    // In another browser, without a session, its address says what became of it, and leads to the sign-in.
    const { browser } = await stage();
    const other = await browser.open(390);
    try {
      await other.page.goto(`/payments/${new URL(tab.url()).pathname.split('/').pop() ?? ''}`);
      await other.page.getByText(word(wallet, 'stateCredited'), { exact: true }).first().waitFor();
      expect(await other.page.getByText('panelshop').count()).toBe(0);
      await other.page.getByRole('link', { name: word(wallet, 'signInToWallet') }).click();
      await other.page.waitForURL(/\/sign-in\?to=%2Fwallet%2Ftopups%2F/);
    } finally {
      await other.close();
    }
  });
});
