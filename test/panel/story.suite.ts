import { readFileSync } from 'node:fs';
import { OperatorLink } from '../support/links';
import { filled, grouped, words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { generateRecipientFile, readWhole } from '../support/recipient-file.generator';
import type { RecipientFileTruth } from '../support/recipient-file.generator';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { stage } from './panel';

jest.setTimeout(300_000);

const fa = words('features/sends');
const text = (key: string): string => fa[key] ?? key;
/** Slow enough that a person can stop it on the way. */
const partsPerSecond = 150;

describe('the story of a send, in the browser', () => {
  let system: PeykSystem;
  let page: PanelPage;
  let line: OperatorLink;
  let truth: RecipientFileTruth;

  beforeAll(async () => {
    const { browser, ...rest } = await stage();
    system = rest.system;
    line = await OperatorLink.create(system, 'panel', {}, { partsPerSecond });
    page = await browser.open(1440);
    await page.signIn(demo.customer.username, demo.customer.password);
  });
  afterAll(() => page?.close());

  it('SMS-002 SMS-215 takes a messy file and says what is wrong with its rows', async () => {
    const { page: tab } = page;
    await page.visit('/sends/new');
    await tab.getByText(text('sourceFile'), { exact: true }).click();
    const file = generateRecipientFile({ rows: 1_500, seed: 1405 });
    ({ truth } = file);
    const buffer = Buffer.from(await (await readWhole(file)).arrayBuffer());
    await tab
      .locator('input[type=file]')
      .setInputFiles({ name: file.fileName, mimeType: 'text/csv', buffer });
    await tab
      .getByText(filled(text('validNumbers'), { count: grouped(truth.valid) }), { exact: true })
      .waitFor();
    await tab.getByText(filled(text('duplicateNumbers'), { count: grouped(truth.duplicate) })).waitFor();
    await tab.getByText(filled(text('invalidNumbers'), { count: grouped(truth.invalid) })).waitFor();
    await page.button(text('showRows')).click();
    await tab.getByText(text('rowNotMobile')).first().waitFor();
    await page.button(text('hideRows')).click();
  });

  it('SMS-005 SMS-008 shows length and price, and asks with all of it before it sends', async () => {
    const { page: tab } = page;
    await tab.getByLabel(text('text'), { exact: true }).fill('سلام، نوبت شما فرداست.');
    const lines = tab.getByRole('combobox', { name: text('line') });
    await lines.click();
    await tab.locator('.ant-select-item-option', { hasText: grouped(line.number) }).click();
    await tab
      .getByText(filled(text('partCount'), { count: grouped(1) }))
      .first()
      .waitFor();
    await tab.getByLabel(text('titleOf')).fill('نوبت‌های فردا');
    await page.button(text('send')).click();
    const asked = tab.getByRole('dialog', { name: text('sureSend') });
    await asked.waitFor();
    expect(await asked.innerText()).toContain(grouped(truth.valid));
    await asked
      .getByRole('button', { name: filled(text('sendCount'), { count: grouped(truth.valid) }) })
      .click();
    await tab.waitForURL(/\/sends\/[0-9a-f-]{36}$/);
  });

  it('SMS-012 pauses it, goes on, and follows it to the end', async () => {
    const { page: tab } = page;
    await page.button(text('pause')).click();
    await tab.getByText(text('sendPaused'), { exact: true }).first().waitFor();
    await page.button(text('resume')).click();
    await tab.getByText(text('sendFinished'), { exact: true }).first().waitFor({ timeout: 120_000 });
    const said = filled(text('doneOf'), { done: grouped(truth.valid), all: grouped(truth.valid) });
    await tab.getByText(said).first().waitFor();
    expect(await line.duplicates()).toBe(0);
    expect(page.errors()).toEqual([]);
  });

  it('SMS-014 SMS-214 reports every message, on the screen and as CSV', async () => {
    const { page: tab } = page;
    const download = tab.waitForEvent('download');
    await page.button(text('csv')).click();
    const csv = readFileSync(await (await download).path(), 'utf8');
    expect(csv.trim().split(/\r?\n/)).toHaveLength(truth.valid + 1);
    await page.visit('/sends');
    await tab.getByText('نوبت‌های فردا').first().waitFor();
  });
});
