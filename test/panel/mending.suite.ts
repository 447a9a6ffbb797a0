import { randomUUID } from 'node:crypto';
import type { RecipientListDto } from '@peyk/contracts/targeting';
import { ApiClient } from '../support/api';
import { filled, grouped, words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { stage } from './panel';

jest.setTimeout(300_000);

const sends = words(
  'features/sends',
  'features/new-send',
  'parts/recipients',
  'parts/message-text',
  'parts/sends',
);
const home = words('features/home');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;

describe('what a person mends in the panel', () => {
  let system: PeykSystem;
  let page: PanelPage;

  beforeAll(async () => {
    ({ system } = await stage());
  });
  afterEach(() => page?.close());

  it('TGT-204 WEB-205 deletes a file after asking; the send that still needs it is named, with a way there', async () => {
    const client = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    const numbers = 'mobile\n09121110001\n09121110002\n';
    const list = await client.uploadAndRead('پیک نوروز.csv', new Blob([numbers]));
    const send = await client.createSend({
      ...{ lineId: demo.serviceLine, title: 'یادآوری فردا', text: 'سلام', idempotencyKey: randomUUID() },
      ...{ recipients: { listId: list.id }, sendAt: new Date(Date.now() + 86_400_000).toISOString() },
    });
    page = await (await stage()).browser.open();
    const { page: tab } = page;
    await page.signIn(demo.customer.username, demo.customer.password, '/sends/new');
    await tab.getByText(word(sends, 'sourceFile'), { exact: true }).click();
    await tab.getByRole('combobox', { name: word(sends, 'olderFiles') }).click();
    await tab.locator('.ant-select-item-option', { hasText: 'پیک نوروز' }).click();
    const remove = async (): Promise<void> => {
      await page.button(word(sends, 'deleteList')).click();
      const asked = tab.getByRole('dialog', {
        name: filled(word(sends, 'sureDeleteList'), { title: list.title }),
      });
      await asked.getByText(filled(word(sends, 'deleteListAbout'), { count: grouped(2) })).waitFor();
      await asked.getByRole('button', { name: word(sends, 'deleteList') }).click();
    };
    await remove();
    await tab.getByRole('alert').getByRole('link', { name: 'یادآوری فردا' }).waitFor();
    expect(await page.violations()).toEqual([]);
    await client.request('POST', `/sends/${send.id}/cancel`);
    await remove();
    await tab
      .getByText(filled(word(sends, 'listDeleted'), { title: list.title }))
      .first()
      .waitFor();
    expect(await client.request<RecipientListDto>('GET', `/recipient-lists/${list.id}`)).toMatchObject({
      ...{ state: 'deleted', title: 'پیک نوروز.csv', valid: 2 },
    });
    expect(page.errors().filter((line) => !line.includes('422'))).toEqual([]);
  });

  it('an administrator sees that the proxy in front is not named, and what to do, and cannot put it away', async () => {
    await fetch(`${system.baseUrl}/me`, { headers: { 'x-forwarded-for': '203.0.113.7' } });
    page = await (await stage()).browser.open();
    await page.signIn(demo.admin.username, demo.admin.password);
    const warnings = page.page.getByRole('region', { name: word(home, 'platformWarnings') });
    await warnings.getByText(word(home, 'proxyNotTrusted')).waitFor();
    await warnings.getByText('TRUST_PROXY').waitFor();
    expect(await warnings.getByRole('button').count()).toBe(0);
    expect(await page.violations()).toEqual([]);
  });
});
