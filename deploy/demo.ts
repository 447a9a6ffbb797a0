/**
 * `npm run demo`, beside a running `npm start`: a messy file of recipients is uploaded, priced, sent over the simulated
 * operator's paced link, paused and resumed, and comes back as a report in which every message has a final state and
 * every Rial is explained. Only what a customer's program could do: HTTP and nothing else.
 */
import { randomUUID } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { LinesDto, QuoteDto, RecipientListDto, SendDto, WalletDto } from '@peyk/contracts';
import { ApiClient, RefusedError, isComplete } from '../test/support/api';
import { generateRecipientFile } from '../test/support/recipient-file.generator';

const local = resolve(__dirname, '../.local');
const text = 'مشترک گرامی، جلسه‌ی هماهنگی روز شنبه ساعت ۱۰ برگزار می‌شود.';
const completeTimeoutMs = 20 * 60_000;

async function main(args: readonly string[]): Promise<void> {
  const rows = Number(args[args.indexOf('--rows') + 1] ?? Number.NaN) || 100_000;
  const api = new ApiClient(`${baseUrl()}/api/v1`);
  step('signing in as demo');
  await api.signIn('demo', 'Demo-1405-pass');
  const before = await api.request<WalletDto>('GET', '/wallet');
  say(`credit ${rials(before.availableRials)}`);

  step(`making and uploading a messy file of ${count(rows)} rows`);
  const { fileName, content, truth } = generateRecipientFile({ rows, seed: 1405 });
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  for await (const chunk of content) chunks.push(new Uint8Array(chunk));
  const startedAt = Date.now();
  const list = await api.uploadAndRead(fileName, new Blob(chunks));
  showList(list, Date.now() - startedAt);
  check('the list has exactly the recipients that the file was made with', list.valid === truth.valid);
  const errors = await api.request<{ errors: { row: number; value: string; reason: string }[] }>(
    'GET',
    `/recipient-files/${list.id}/errors?limit=3`,
  );
  for (const error of errors.errors) say(`  row ${error.row}: ${error.reason} ${error.value}`);

  step('pricing');
  const { lines } = await api.request<LinesDto>('GET', '/lines');
  const line = lines.find((entry) => entry.lineClass === 'service') ?? lines[0];
  if (!line) throw new Error('the demo account has no line');
  const request = { lineId: line.id, text, recipients: { listId: list.id } };
  const quote = await api.quote(request);
  showQuote(quote);
  if (!quote.enough)
    throw new Error('the credit of the demo account is used up: npm run reset, then npm start');

  step('sending');
  const send = await api.createSend({
    ...request,
    idempotencyKey: randomUUID(),
    title: 'demo',
    lane: 'bulk',
  });
  await watch(api, send.id, 5_000);
  const paused = await api.act(send.id, 'pause');
  await sleep(2_000);
  const atPause = left(await api.readSend(send.id));
  await sleep(2_000);
  check(
    `paused; nothing leaves (${count(atPause)} are out)`,
    left(await api.readSend(send.id)) === atPause && paused.state === 'paused',
  );
  await api.act(send.id, 'resume');
  say('resumed');
  const done = await watch(api, send.id, completeTimeoutMs);

  step('report');
  const report = await api.report(send.id);
  const file = join(local, 'demo-report.csv');
  mkdirSync(local, { recursive: true });
  writeFileSync(file, report);
  const cells = report
    .trim()
    .split('\r\n')
    .slice(1)
    .map((row) => row.split(','));
  const charged = cells.reduce((sum, row) => sum + Number(row[6]), 0);
  const refunded = cells.reduce((sum, row) => sum + Number(row[7]), 0);
  const after = await api.request<WalletDto>('GET', '/wallet');
  showCounts(done);
  check(
    `the report has ${count(cells.length)} messages, each in a final state`,
    cells.length === quote.recipients && isComplete(done),
  );
  check(
    `its charges are those of the send: ${rials(charged)}`,
    charged === done.money.chargedRials && refunded === done.money.refundedRials,
  );
  check(
    `the wallet paid exactly that: ${rials(before.postedRials - after.postedRials)}`,
    before.postedRials - after.postedRials === charged - refunded && after.heldRials === before.heldRials,
  );
  check(
    `quoted ${rials(done.money.quotedRials)} = charged + released ${rials(done.money.releasedRials)}`,
    done.money.quotedRials === charged + done.money.releasedRials,
  );
  say(`report: ${file}`);
  console.log('\nevery message final, every Rial explained');
}

/** Follows the send by server-sent events until it is complete, or for `ms`. */
async function watch(api: ApiClient, id: string, ms: number): Promise<SendDto> {
  const end = Date.now() + ms;
  const events = new AbortController();
  const progress = follow(api, id, events.signal).catch(() => undefined);
  let send = await api.readSend(id);
  while (Date.now() < end && !isComplete(send)) {
    await sleep(500);
    send = await api.readSend(id);
  }
  events.abort();
  await progress;
  endBar();
  return send;
}

async function follow(api: ApiClient, id: string, signal: AbortSignal): Promise<void> {
  const answer = await api.raw('GET', `/sends/${id}/progress`, undefined, { accept: 'text/event-stream' });
  if (!answer.body) return;
  const reader = answer.body.pipeThrough(new TextDecoderStream()).getReader();
  signal.addEventListener('abort', () => void reader.cancel().catch(() => undefined));
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    const blocks = rest.split('\n\n');
    rest = blocks.pop() ?? '';
    for (const block of blocks) {
      const data = /^data: ?(.*)$/m.exec(block)?.[1];
      if (data) bar(JSON.parse(data) as Partial<SendDto>);
    }
  }
}

function bar(send: Partial<SendDto>): void {
  if (!send.counts || !send.recipients || !process.stdout.isTTY) return;
  const out = send.recipients - send.counts.queued - send.counts.cancelled;
  const share = out / send.recipients;
  const filled = Math.round(share * 30);
  process.stdout.write(
    `\r  ${'█'.repeat(filled)}${'░'.repeat(30 - filled)} ${(share * 100).toFixed(1)} %  ${count(send.partsPerSecond ?? 0)} parts/s  ` +
      `delivered ${count(send.counts.delivered)}  undelivered ${count(send.counts.undelivered)}  waiting for receipt ${count(send.counts.sent)}   `,
  );
}
function endBar(): void {
  if (process.stdout.isTTY) process.stdout.write('\n');
}

function showList(list: RecipientListDto, ms: number): void {
  say(
    `read in ${(ms / 1_000).toFixed(1)} s: ${count(list.valid)} valid, ${count(list.duplicates)} repeated, ${count(list.invalid)} invalid, ${count(list.blank)} blank`,
  );
}
function showQuote(quote: QuoteDto): void {
  for (const row of quote.rows) {
    say(
      `${row.operator.padEnd(9)} ${count(row.recipients).padStart(8)} x ${quote.parts} part x ${rials(row.rialsPerPart)} = ${rials(row.totalRials)}`,
    );
  }
  say(`total ${rials(quote.totalRials)} of ${rials(quote.availableRials)} credit`);
}
function showCounts({ counts }: SendDto): void {
  const states = Object.entries(counts).filter(([, messages]) => Number(messages) > 0);
  say(states.map(([state, messages]) => `${state} ${count(Number(messages))}`).join(', '));
}

/** Messages that have left the queue. */
function left(send: SendDto): number {
  return send.recipients - send.counts.queued;
}

function baseUrl(): string {
  const port = process.env['PORT'];
  if (port) return `http://127.0.0.1:${port}`;
  try {
    const run = JSON.parse(readFileSync(join(local, 'run.json'), 'utf8')) as { url?: string };
    if (run.url) return run.url;
  } catch {
    // No run file: the default below, and a clear line if nobody answers.
  }
  return 'http://127.0.0.1:8080';
}

let steps = 0;
function step(title: string): void {
  console.log(`\n${++steps}. ${title}`);
}
function say(line: string): void {
  console.log(`   ${line}`);
}
function check(what: string, holds: boolean): void {
  if (!holds) throw new Error(`does not hold: ${what}`);
  say(`ok ${what}`);
}
function count(value: number): string {
  return Math.round(value).toLocaleString('en-US');
}
function rials(value: number): string {
  return `${count(value)} Rial`;
}
function sleep(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}

main(process.argv.slice(2)).catch((error: unknown) => {
  const isAway = error instanceof TypeError && error.message.includes('fetch failed');
  if (isAway) console.error('Peyk does not run here: npm start first (in another terminal).');
  else if (error instanceof RefusedError)
    console.error(`refused: ${error.message} ${JSON.stringify(error.body.details ?? {})}`);
  else console.error(error instanceof Error ? error.message : String(error));
  process.exit(1);
});
