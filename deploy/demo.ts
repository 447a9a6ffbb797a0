/**
 * `npm run demo [-- --rows N]`, beside a running `npm start`: a customer signs in, uploads a messy file of recipients, sees
 * the price, sends, pauses and resumes, watches, and reckons the report to the last Rial. All of it over HTTP, as any
 * customer's program would. Exit code 1 when anything does not add up.
 */
import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { LinksDto, SendCountsDto, SendDto, SendRequestDto, SendsDto } from '@peyk/contracts/sms';
import type { RecipientListDto, RecipientsDto } from '@peyk/contracts/targeting';
import { ApiClient, RefusedError, isComplete } from '../test/support/api';
import { generateRecipientFile, readWhole } from '../test/support/recipient-file.generator';
import { readReport } from '../test/support/report';
import { demo } from '../test/support/system';

const local = join(__dirname, '..', '.local');
const reportFile = join(local, 'demo-report.csv');
const rowsDefault = 100_000;
const rowsMax = 1_000_000;
const title = 'npm run demo';
const text = 'سلام، سفارش شما آماده‌ی تحویل است. پیک نمونه';
/** Paused once so much has passed, or such a share is out, whichever comes first. */
const pauseAfterMs = 5_000;
const pauseAtShare = 0.4;
/** A pause acts within two seconds; then so long nothing may leave. */
const settleMs = 2_000;
const stillMs = 3_000;
/** Fewer are no show. */
const affordableMin = 100;
const leftoverWaitMs = 60_000;
const completeWaitMs = 300_000;
const barWidth = 30;
const plainEveryMs = 5_000;

/** Something that the person at the keyboard can act on; its message alone is shown. */
class DemoError extends Error {}

const colours = process.stdout.isTTY && !process.env['NO_COLOR'];
const paint = (code: number, words: string): string => (colours ? `\u001b[${code}m${words}\u001b[0m` : words);
const bold = (words: string): string => paint(1, words);
const dim = (words: string): string => paint(2, words);
const green = (words: string): string => paint(32, words);
const number = (value: number): string => value.toLocaleString('en-US');
const seconds = (ms: number): string => `${(ms / 1_000).toFixed(1)} s`;
const sleep = (ms: number): Promise<void> => new Promise((done) => setTimeout(done, ms));

let step = 0;
function say(line = ''): void {
  process.stdout.write(`${line}\n`);
}
function begin(what: string): void {
  step += 1;
  say(`\n${bold(`${step}. ${what}`)}`);
}
function tell(line: string): void {
  say(`   ${line}`);
}

async function main(): Promise<void> {
  const rows = readRows();
  const url = findUrl();
  say(`Peyk at ${url}`);
  const api = await signIn(url);
  await clearLeftover(api);
  const list = await uploadFile(api, rows);
  const recipients = await price(api, list);
  const before = await api.wallet();
  const send = await watch(api, await create(api, recipients));
  await account(api, send, before.postedRials);
  say(`\n${green(bold('every message final, every Rial explained'))}`);
}

function readRows(): number {
  const usage = `npm run demo [-- --rows N], N from 1,000 to ${number(rowsMax)}; ${number(rowsDefault)} by default`;
  try {
    const { values } = parseArgs({ options: { rows: { type: 'string' } } });
    const rows = Number(values.rows ?? rowsDefault);
    if (Number.isInteger(rows) && rows >= 1_000 && rows <= rowsMax) return rows;
  } catch {
    // Printed below.
  }
  throw new DemoError(usage);
}

/** Where `npm start` says that it listens; else where it would by default. */
function findUrl(): string {
  const run = join(local, 'run.json');
  const noted: unknown = existsSync(run)
    ? (JSON.parse(readFileSync(run, 'utf8')) as { url?: unknown }).url
    : '';
  return typeof noted === 'string' && noted !== ''
    ? noted
    : `http://127.0.0.1:${process.env['PORT'] ?? 8080}`;
}

async function signIn(url: string): Promise<ApiClient> {
  begin('Sign in');
  const api = new ApiClient(`${url}/api/v1`);
  try {
    await api.signIn(demo.customer.username, demo.customer.password);
  } catch (error) {
    if (error instanceof RefusedError) throw error;
    throw new DemoError(`nothing answers at ${url}: is Peyk running? Start it with npm start`);
  }
  const { postedRials, heldRials } = await api.wallet();
  tell(
    `as ${demo.customer.username}: ${number(postedRials)} Rial in the wallet, ${number(heldRials)} of it held`,
  );
  return api;
}

/** A demo that was cut short may have left a send that runs or waits. */
async function clearLeftover(api: ApiClient): Promise<void> {
  const { sends } = await api.request<SendsDto>('GET', `/sends?limit=20&search=${encodeURIComponent(title)}`);
  for (const send of sends.filter(({ state }) =>
    ['queued', 'sending', 'paused', 'cancelling'].includes(state),
  )) {
    tell(`an earlier demo was cut short: its send is cancelled, and its unused credit comes back`);
    if (send.state !== 'cancelling') await api.act(send.id, 'cancel');
    await api.until(send.id, ({ money }) => money.settled, leftoverWaitMs);
  }
}

async function uploadFile(api: ApiClient, rows: number): Promise<RecipientListDto> {
  begin('A messy file of recipients');
  const file = generateRecipientFile({ rows, seed: Math.floor(Math.random() * 1e9) });
  const content = await readWhole(file);
  tell(
    `${file.fileName}: ${number(rows)} rows, ${(content.size / 1e6).toFixed(1)} MB, numbers in 16 forms, made now`,
  );
  const startedAt = Date.now();
  const list = await api.uploadAndRead(file.fileName, content, 120_000);
  if (list.state !== 'ready') throw new Error(`the file was refused: ${list.refusal}`);
  tell(`uploaded and read in ${seconds(Date.now() - startedAt)}`);
  tell(
    `${bold(number(list.valid))} valid, ${number(list.duplicates)} duplicates, ${number(list.invalid)} invalid, ${number(list.blank)} blank rows`,
  );
  const { truth } = file;
  if (list.valid !== truth.valid || list.duplicates !== truth.duplicate || list.invalid !== truth.invalid)
    throw new Error(`the file was made with ${JSON.stringify(truth)}`);
  tell('as it was made; some of the rows that cannot be used:');
  const { errors } = await api.request<{ errors: { row: number; value: string; reason: string }[] }>(
    'GET',
    `/recipient-lists/${list.id}/errors?limit=200`,
  );
  const shown = new Set<string>();
  for (const { row, value, reason } of errors) {
    if (shown.has(reason)) continue;
    shown.add(reason);
    tell(dim(`  row ${number(row).padStart(6)}  ${reason}${value ? `  «${value}»` : ''}`));
  }
  return list;
}

/** Shows the price; of a wallet that cannot pay for all only so many as it can. */
async function price(api: ApiClient, list: RecipientListDto): Promise<RecipientsDto> {
  begin('The price');
  let recipients: RecipientsDto = { listId: list.id };
  let quote = await api.quote({ lineId: demo.serviceLine, text, recipients });
  if (!quote.enough) {
    const dearest = Math.max(...quote.rows.map((row) => row.rialsPerPart)) * quote.parts;
    const count = Math.floor(quote.availableRials / dearest);
    if (count < affordableMin)
      throw new DemoError(
        `the credit is short: ${number(quote.availableRials)} Rial are left of the demo's, ${number(quote.totalRials)} are needed. ` +
          'End npm start, then npm run reset and npm start begin anew',
      );
    tell(
      `the credit is short: ${number(quote.availableRials)} Rial for ${number(quote.totalRials)}; so to the first ${number(count)} only`,
    );
    recipients = { listId: list.id, row: 1, count };
    quote = await api.quote({ lineId: demo.serviceLine, text, recipients });
  }
  tell(`«${text}»`);
  tell(`${quote.parts} part of ${quote.units} letters, from ${quote.line.number}`);
  const line = (cells: readonly [string, string, string, string]): void =>
    tell(`  ${cells[0].padEnd(10)}${cells[1].padStart(10)}${cells[2].padStart(12)}${cells[3].padStart(16)}`);
  line(['operator', 'people', 'Rial/part', 'Rial']);
  for (const row of quote.rows)
    line([row.operator, number(row.recipients), number(row.rialsPerPart), number(row.totalRials)]);
  line(['in all', number(quote.recipients), '', number(quote.totalRials)]);
  tell(`the wallet has ${number(quote.availableRials)} Rial free: enough`);
  return recipients;
}

async function create(api: ApiClient, recipients: RecipientsDto): Promise<SendDto> {
  begin('Send, pause, resume');
  const admin = await new ApiClient(api.baseUrl).signIn(demo.admin.username, demo.admin.password);
  const { links } = await admin.request<LinksDto>('GET', '/links');
  const link = links.find(({ id }) => id === demo.link);
  if (link) {
    const bound = link.binds.filter((bind) => bind.state === 'bound').length;
    const rate = link.partsPerSecond === 0 ? 'no limit' : `${number(link.partsPerSecond)} parts/s`;
    tell(`operator «${link.name}»: ${rate} contracted, ${bound} of ${link.binds.length} binds bound`);
  }
  const request: SendRequestDto = {
    lineId: demo.serviceLine,
    text,
    recipients,
    title,
    idempotencyKey: randomUUID(),
  };
  const send = await api.createSend(request);
  tell(`accepted: ${number(send.recipients)} messages, ${number(send.money.quotedRials)} Rial held`);
  process.once('SIGINT', () => {
    say('\ncancelling the send; its unused credit comes back');
    void api
      .act(send.id, 'cancel')
      .catch(() => undefined)
      .finally(() => process.exit(130));
  });
  return send;
}

/** Follows the live progress to the end. */
async function watch(api: ApiClient, send: SendDto): Promise<SendDto> {
  const startedAt = Date.now();
  const bar = new ProgressBar(send.recipients);
  let isPausedOnce = false;
  let hasEnded = false;
  while (!hasEnded) {
    for await (const event of api.progress(send.id)) {
      if (event.name === 'refused') {
        // The access token ended.
        await api.signIn(demo.customer.username, demo.customer.password);
        break;
      }
      const { counts, state } = event.name === 'progress' ? event.progress : event.send;
      bar.show(counts, event.name === 'progress' ? event.progress.partsPerSecond : event.send.partsPerSecond);
      hasEnded = event.name === 'end';
      const out = send.recipients - counts.queued;
      const isTime = Date.now() - startedAt >= pauseAfterMs || out >= send.recipients * pauseAtShare;
      if (!isPausedOnce && state === 'sending' && isTime && counts.queued > 0) {
        isPausedOnce = true;
        bar.end();
        await pauseAndResume(api, send.id);
      }
    }
    // The gateway may have been restarted: what was missed stands in the snapshot that comes first.
    if (!hasEnded) await sleep(1_000);
  }
  bar.end();
  const end = await api.until(send.id, isComplete, completeWaitMs, 1_000);
  tell(`all is over after ${seconds(Date.now() - startedAt)}, the pause included`);
  return end;
}

async function pauseAndResume(api: ApiClient, id: string): Promise<void> {
  const out = async (): Promise<number> => {
    const { recipients, counts } = await api.readSend(id);
    return recipients - counts.queued;
  };
  await api.act(id, 'pause');
  await sleep(settleMs);
  const before = await out();
  await sleep(stillMs);
  const after = await out();
  if (after !== before) throw new Error(`${after - before} messages left a paused send`);
  tell(`paused: ${number(after)} are out, and in the next ${seconds(stillMs)} none left; resumed`);
  await api.act(id, 'resume');
}

/** The report against the send, the ledger and the wallet. */
async function account(api: ApiClient, send: SendDto, postedBefore: number): Promise<void> {
  begin('The report');
  const csv = await api.report(send.id);
  writeFileSync(reportFile, csv);
  const report = readReport(csv);
  tell(`${reportFile}: ${number(report.lines.length)} lines`);
  for (const [state, count] of Object.entries(report.states))
    tell(`  ${state.padEnd(14)}${number(count).padStart(10)}`);
  if (report.lines.length !== send.recipients)
    throw new Error(`the report has ${report.lines.length} lines for ${send.recipients} recipients`);
  if (report.open > 0) throw new Error(`${report.open} messages have no final state`);
  const entries = await api.statementOf(send.id);
  const { postedRials } = await api.wallet();
  const { chargedRials, refundedRials, quotedRials, releasedRials } = send.money;
  const sums: readonly (readonly [what: string, rials: number])[] = [
    ['report, line by line', report.chargedRials - report.refundedRials],
    ['send', chargedRials - refundedRials],
    ['quoted less released', quotedRials - releasedRials - refundedRials],
    ['ledger entries', -entries.reduce((sum, entry) => sum + entry.amountRials, 0)],
    ['wallet before less after', postedBefore - postedRials],
  ];
  for (const [what, rials] of sums) tell(`  ${what.padEnd(26)}${number(rials).padStart(16)} Rial`);
  if (new Set(sums.map(([, rials]) => rials)).size !== 1)
    throw new Error('the Rials differ (does another send of this customer run?)');
}

class ProgressBar {
  private plainAt = 0;
  private isShown = false;

  constructor(private readonly recipients: number) {}

  show(counts: SendCountsDto, partsPerSecond: number): void {
    const out = this.recipients - counts.queued;
    const final = out - counts.sent - counts.inDoubt;
    const figures =
      `${number(out)} of ${number(this.recipients)} out, ${number(final)} reported, ` +
      `${number(Math.round(partsPerSecond))} parts/s`;
    if (process.stdout.isTTY) {
      const full = Math.round((out / this.recipients) * barWidth);
      const bar = '█'.repeat(full) + '░'.repeat(barWidth - full);
      process.stdout.write(`\r\u001b[K   ${green(bar)} ${figures}`);
      this.isShown = true;
    } else if (Date.now() - this.plainAt >= plainEveryMs) {
      this.plainAt = Date.now();
      tell(figures);
    }
  }

  end(): void {
    if (this.isShown) say();
    this.isShown = false;
  }
}

main().then(
  () => process.exit(0),
  (error: unknown) => {
    const isPlain = error instanceof DemoError || error instanceof RefusedError;
    process.stderr.write(
      `\nnpm run demo: ${isPlain ? error.message : error instanceof Error ? error.stack : String(error)}\n`,
    );
    process.exit(1);
  },
);
