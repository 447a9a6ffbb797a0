import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { MessagesDto, SendDto } from '@peyk/contracts/sms';
import { ApiClient, isComplete } from '../support/api';
import { OperatorLink } from '../support/links';
import { digits, filled, grouped, words } from '../support/panel';
import type { PanelPage } from '../support/panel';
import { generateRecipientFile, readWhole } from '../support/recipient-file.generator';
import type { RecipientFileTruth } from '../support/recipient-file.generator';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { stage } from './panel';

jest.setTimeout(300_000);

const fa = words(
  'features/sends',
  'features/new-send',
  'parts/recipients',
  'parts/message-text',
  'parts/sends',
);
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

  it('SMS-002 SMS-003 TGT-206 sends to typed numbers and a file in one, each once, at the cost of the sum', async () => {
    const { page: tab } = page;
    const entries = tab.getByRole('list', { name: text('recipientList') }).getByRole('listitem');
    const addTyped = async (numbers: string): Promise<void> => {
      await page.button(text('addFurther')).click();
      await tab.getByText(text('sourceTyped'), { exact: true }).last().click();
      await tab.getByLabel(text('numbers')).fill(numbers);
    };
    await page.visit('/sends/new');
    await tab.getByLabel(text('numbers')).fill('09121110001 09351110002');
    await page.button(text('addFurther')).click();
    await tab.locator('input[type=file]').setInputFiles({
      ...{ name: 'others.csv', mimeType: 'text/csv' },
      buffer: Buffer.from('mobile\n09121110001\n09121110003\n09121110004\n'),
    });
    await tab.getByText(filled(text('validNumbers'), { count: grouped(3) }), { exact: true }).waitFor();
    const messageText = 'سلام به همه.';
    await tab.getByLabel(text('text'), { exact: true }).fill(messageText);
    // What was chosen and not added is not left out in silence.
    await page.button(text('send')).click();
    await tab.getByText(filled(text('notAdded'), { source: text('sourceFile') })).waitFor();
    await page.button(text('add')).click();
    await tab.getByText(filled(text('inAll'), { count: grouped(4) }), { exact: true }).waitFor();
    await tab.getByText(filled(text('leftOutBetween'), { count: grouped(1) }), { exact: true }).waitFor();
    await addTyped('09011110005');
    await page.button(text('add')).click();
    await tab.getByText(filled(text('inAll'), { count: grouped(5) }), { exact: true }).waitFor();
    expect(await entries.count()).toBe(3);

    // A reload loses nothing of it (WEB-204), and an entry can be taken out again.
    await tab.reload();
    await tab.getByText(filled(text('inAll'), { count: grouped(5) }), { exact: true }).waitFor();
    await entries
      .nth(2)
      .getByRole('button', { name: text('removeEntry').split(' ')[0] })
      .click();
    await tab.getByText(filled(text('inAll'), { count: grouped(4) }), { exact: true }).waitFor();
    expect(await page.violations()).toEqual([]);

    await page.button(text('send')).click();
    const asked = tab.getByRole('dialog', { name: text('sureSend') });
    const numbers = ['09121110001', '09351110002', '09121110003', '09121110004'];
    const action = filled(text('sendCount'), { count: grouped(numbers.length) });
    await asked.getByRole('button', { name: action }).waitFor();
    const said = await asked.innerText();
    await asked.getByRole('button', { name: action }).click();
    await tab.waitForURL(/\/sends\/[0-9a-f-]{36}$/);
    await tab.getByText(text('sendFinished'), { exact: true }).first().waitFor({ timeout: 60_000 });

    const client = await new ApiClient(system.baseUrl).signIn(demo.customer.username, demo.customer.password);
    const send = await client.request<SendDto>('GET', new URL(tab.url()).pathname);
    const { messages } = await client.request<MessagesDto>('GET', `/sends/${send.id}/messages`);
    expect(messages.map(({ msisdn }) => msisdn)).toEqual(numbers.map((each) => each.replace('0', '98')));
    const alone = { lineId: send.line.id, text: messageText, recipients: { numbers } };
    const { totalRials } = await client.quote(alone);
    expect(send.money.quotedRials).toBe(totalRials);
    expect(said).toContain(`${digits(String(totalRials / 10).replace('.', '٫'))} `);

    // Again to the same: the list itself, whatever its size.
    await tab.getByRole('link', { name: text('sendAgain') }).click();
    await tab.getByText(text('combinedList'), { exact: true }).waitFor();
    await tab.getByText(filled(text('validNumbers'), { count: grouped(4) }), { exact: true }).waitFor();

    // Typed ones come back as they can be changed, one by one.
    const typed = await client.createSend({ ...alone, idempotencyKey: randomUUID() });
    await client.until(typed.id, isComplete, 60_000);
    await page.visit(`/sends/new?again=${typed.id}`);
    await tab.waitForFunction(
      ([label, wanted]) =>
        document.querySelector<HTMLTextAreaElement>(`[aria-label="${label}"]`)?.value === wanted,
      [text('numbers'), numbers.join('\n')],
    );
    expect(page.errors()).toEqual([]);
  });
});
