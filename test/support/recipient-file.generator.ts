import { createDeflateRaw, crc32 } from 'node:zlib';
import { encode } from 'iconv-lite';

export type RecipientFileEncoding =
  'utf-8' | 'utf-8-bom' | 'windows-1256' | 'utf-16le' | 'utf-16le-bom' | 'utf-16be' | 'utf-16be-bom';

export interface RecipientFileRecipe {
  /** Rows in all, blank ones and the heading not counted. */
  readonly rows: number;
  /** The same seed gives the same file, byte for byte (xlsx: but for the zlib version). */
  readonly seed: number;
  readonly format?: 'csv' | 'xlsx';
  /** CSV only; default UTF-8 with its mark, as Excel saves. */
  readonly encoding?: RecipientFileEncoding;
  readonly delimiter?: ',' | ';' | '\t';
  readonly lineEnd?: '\n' | '\r\n';
  /** Default Persian. */
  readonly headings?: 'fa' | 'en' | 'none';
  /** Place of the mobile column among name, mobile and amount; default the second. */
  readonly mobileColumn?: 0 | 1 | 2;
}

/** What a right parser must find; valid + duplicate + invalid = rows. */
export interface RecipientFileTruth {
  rows: number;
  valid: number;
  duplicate: number;
  invalid: number;
  blank: number;
  /** Valid recipients by operator; operators without any are left out. */
  byOperator: Record<string, number>;
}

export interface GeneratedRecipientFile {
  readonly fileName: string;
  /** The file in pieces, made as they are read; to be read once. */
  readonly content: AsyncIterable<Buffer>;
  /** Complete when the content is read to its end. */
  readonly truth: RecipientFileTruth;
}

/**
 * A messy file of recipients as customers upload them, of any size, with its truth. The truth comes from how the rows
 * are made, not from reading them: the n-th new number is a bijection of n, a duplicate is an earlier n written again.
 */
export function generateRecipientFile(recipe: RecipientFileRecipe): GeneratedRecipientFile {
  const truth: RecipientFileTruth = { rows: 0, valid: 0, duplicate: 0, invalid: 0, blank: 0, byOperator: {} };
  const format = recipe.format ?? 'csv';
  const rows = generateRows(recipe, truth);
  return {
    fileName: `recipients-${recipe.seed}.${format}`,
    content: format === 'csv' ? writeCsv(rows, recipe) : writeXlsx(rows),
    truth,
  };
}

/** Cells in column order; undefined is a blank row. */
type Row = readonly string[] | undefined;

// Number blocks and their operator, written down here once more so that a wrong table in the product shows.
const BLOCKS: ReadonlyArray<readonly [prefixes: string, operator: string]> = [
  ['910 911 912 913 914 915 916 917 918 919 990 991 992 993 994 932', 'mci'],
  ['900 901 902 903 904 905 930 933 935 936 937 938 939', 'irancell'],
  ['920 921 922 923', 'rightel'],
  ['931', 'mtce'],
  ['934', 'telekish'],
  ['997', 'other'],
];
const PREFIXES = BLOCKS.flatMap(([prefixes, operator]) =>
  prefixes.split(' ').map((prefix) => ({ prefix, operator })),
);

const NAMES = [
  'علی رضایی',
  'سارا محمدی',
  'حسین احمدي',
  'فاطمه كاظمی',
  'زهرا حسینی',
  'می\u200cرم خانه',
  'محمد',
  'John Smith',
  'نگار، تهران',
  'رضا «مدیر»',
  'شرکت "پیک", تهران; ایران',
  'خط یک\nخط دو',
];

const BLANK_SHARE = 0.004;
const INVALID_SHARE = 0.016;
const DUPLICATE_SHARE = 0.05;

function* generateRows(recipe: RecipientFileRecipe, truth: RecipientFileTruth): Generator<Row> {
  const random = randomOf(recipe.seed);
  const isAsciiOnly = recipe.encoding === 'windows-1256';
  const order = columnOrder(recipe.mobileColumn ?? 1);
  const inOrder = (cells: readonly string[]): readonly string[] => order.map((i) => cells[i] ?? '');
  const offset = Math.floor(random() * 1e7);
  if (recipe.headings !== 'none') {
    yield inOrder(
      recipe.headings === 'en' ? ['Name', 'Mobile Number', 'Amount'] : ['نام', 'شماره همراه', 'مبلغ'],
    );
  }
  while (truth.rows < recipe.rows) {
    if (random() < BLANK_SHARE) {
      truth.blank += 1;
      yield random() < 0.5 ? undefined : ['', '', ''];
      continue;
    }
    const kind = random();
    let mobile: string;
    // The first rows are good, so that a file without headings has no first row that looks like some.
    if (kind < INVALID_SHARE && truth.valid > 2) {
      mobile = invalidText(random);
      truth.invalid += 1;
    } else {
      const isDuplicate = kind < INVALID_SHARE + DUPLICATE_SHARE && truth.valid > 0;
      const n = isDuplicate ? Math.floor(random() * truth.valid) : truth.valid;
      const { national, operator } = nthNumber(n, offset);
      mobile = writeNumber(national, random, isAsciiOnly);
      if (isDuplicate) {
        truth.duplicate += 1;
      } else {
        truth.valid += 1;
        truth.byOperator[operator] = (truth.byOperator[operator] ?? 0) + 1;
      }
    }
    truth.rows += 1;
    const amount = String(100_000 + Math.floor(random() * 8_900_000));
    yield inOrder([pick(NAMES, random), mobile, amount]);
  }
}

function columnOrder(mobileColumn: 0 | 1 | 2): readonly number[] {
  return { 0: [1, 0, 2], 1: [0, 1, 2], 2: [0, 2, 1] }[mobileColumn];
}

function nthNumber(n: number, offset: number): { national: string; operator: string } {
  const block = PREFIXES[n % PREFIXES.length];
  if (!block) throw new RangeError(`no number ${n}`);
  // A prime, so that every seven digits come up once before any comes again.
  const rest = (Math.floor(n / PREFIXES.length) * 7_368_787 + offset) % 1e7;
  return { national: block.prefix + String(rest).padStart(7, '0'), operator: block.operator };
}

function writeNumber(national: string, random: () => number, isAsciiOnly: boolean): string {
  const [a, b, c] = [national.slice(0, 3), national.slice(3, 6), national.slice(6)];
  const forms = [
    `0${national}`,
    `0${national}`,
    `0${national}`,
    `0${national}`,
    `+98${national}`,
    `+98${national}`,
    national,
    `98${national}`,
    `0098${national}`,
    `0${a} ${b} ${c}`,
    `+98 (${a}) ${b}-${c}`,
    `0${a}-${b}.${c}`,
  ];
  const persian = [
    shiftDigits(`0${national}`, 0x6f0),
    shiftDigits(`0${national}`, 0x660),
    `\u200e+98${national}\u200f`,
    `۰${shiftDigits(a, 0x6f0)}\u200c${b}${shiftDigits(c, 0x660)}`,
  ];
  return pick(isAsciiOnly ? forms : [...forms, ...persian], random);
}

function invalidText(random: () => number): string {
  const digits = String(1e9 + Math.floor(random() * 9e9));
  return pick(
    [
      'ندارد',
      '-',
      '',
      '12345',
      `0912${digits.slice(0, 4)}`,
      `0912${digits.slice(0, 6)}a`,
      `0912${digits.slice(0, 9)}`,
      '9.12346E+09',
      '+905322395922',
      `0021277${digits.slice(0, 7)}`,
      '02188776655',
      '+98 21 8877 6655',
      `0941${digits.slice(0, 7)}`,
      `0908${digits.slice(0, 7)}`,
    ],
    random,
  );
}

function shiftDigits(text: string, zero: number): string {
  return text.replace(/\d/g, (digit) => String.fromCharCode(zero + Number(digit)));
}

function pick<T>(items: readonly T[], random: () => number): T {
  const item = items[Math.floor(random() * items.length)];
  if (item === undefined) throw new RangeError('nothing to pick from');
  return item;
}

/** mulberry32: small, good enough to mix rows, and the same everywhere. */
function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

const PIECE_CHARS = 48 * 1024;

async function* writeCsv(rows: Iterable<Row>, recipe: RecipientFileRecipe): AsyncGenerator<Buffer> {
  const { encoding = 'utf-8-bom', delimiter = ',', lineEnd = '\r\n' } = recipe;
  const quote = (cell: string): string =>
    /["\n\r]/.test(cell) || cell.includes(delimiter) ? `"${cell.replaceAll('"', '""')}"` : cell;
  let piece = encoding.endsWith('-bom') ? '\ufeff' : '';
  for (const row of rows) {
    piece += (row ?? []).map(quote).join(delimiter) + lineEnd;
    if (piece.length >= PIECE_CHARS) {
      yield encodeText(piece, encoding);
      piece = '';
    }
  }
  yield encodeText(piece, encoding);
}

function encodeText(text: string, encoding: RecipientFileEncoding): Buffer {
  switch (encoding) {
    case 'utf-8':
    case 'utf-8-bom':
      return Buffer.from(text);
    case 'utf-16le':
    case 'utf-16le-bom':
      return Buffer.from(text, 'utf16le');
    case 'utf-16be':
    case 'utf-16be-bom':
      return Buffer.from(text, 'utf16le').swap16();
    case 'windows-1256':
      // The code page has the Arabic yeh only; so do the files that come in it.
      return encode(text.replaceAll('ی', 'ي'), 'windows-1256');
  }
}

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const MAIN = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main';
const RELATIONS = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';

/** An xlsx of one sheet: names and amounts shared, numbers by turns as shared text, text of the cell, and number. */
async function* writeXlsx(rows: Iterable<Row>): AsyncGenerator<Buffer> {
  const shared = new Map<string, number>();
  yield* writeZip([
    [
      '[Content_Types].xml',
      [
        `${XML}<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/>`,
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
        '<Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>',
        '<Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/>',
        '<Override PartName="/xl/sharedStrings.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"/></Types>',
      ],
    ],
    ['_rels/.rels', [relations([['rId1', 'officeDocument', 'xl/workbook.xml']])]],
    [
      'xl/workbook.xml',
      [
        `${XML}<workbook xmlns="${MAIN}" xmlns:r="${RELATIONS}"><sheets>`,
        '<sheet name="گیرندگان" sheetId="1" r:id="rId1"/></sheets></workbook>',
      ],
    ],
    [
      'xl/_rels/workbook.xml.rels',
      [
        relations([
          ['rId1', 'worksheet', 'worksheets/sheet1.xml'],
          ['rId2', 'sharedStrings', 'sharedStrings.xml'],
        ]),
      ],
    ],
    ['xl/worksheets/sheet1.xml', sheetXml(rows, shared)],
    // After the sheet, as the strings are known only then; Excel writes it so too.
    ['xl/sharedStrings.xml', sharedStringsXml(shared)],
  ]);
}

function relations(items: ReadonlyArray<readonly [id: string, type: string, target: string]>): string {
  const lines = items.map(
    ([id, type, target]) => `<Relationship Id="${id}" Type="${RELATIONS}/${type}" Target="${target}"/>`,
  );
  return `${XML}<Relationships xmlns="${PACKAGE}/relationships">${lines.join('')}</Relationships>`;
}

function* sheetXml(rows: Iterable<Row>, shared: Map<string, number>): Generator<string> {
  yield `${XML}<worksheet xmlns="${MAIN}"><sheetData>`;
  let rowNumber = 0;
  for (const row of rows) {
    rowNumber += 1;
    if (!row) continue;
    const cells = row.map((cell, column) => {
      const reference = `${'ABC'.charAt(column)}${rowNumber}`;
      if (cell === '') return '';
      if (/^[1-9]\d{9,11}$/.test(cell)) return `<c r="${reference}"><v>${cell}</v></c>`;
      if (rowNumber % 3 === 0)
        return `<c r="${reference}" t="inlineStr"><is><t>${escapeXml(cell)}</t></is></c>`;
      const index = shared.get(cell) ?? shared.size;
      shared.set(cell, index);
      return `<c r="${reference}" t="s"><v>${index}</v></c>`;
    });
    yield `<row r="${rowNumber}">${cells.join('')}</row>`;
  }
  yield '</sheetData></worksheet>';
}

function* sharedStringsXml(shared: ReadonlyMap<string, number>): Generator<string> {
  yield `${XML}<sst xmlns="${MAIN}">`;
  for (const text of shared.keys()) yield `<si><t xml:space="preserve">${escapeXml(text)}</t></si>`;
  yield '</sst>';
}

function escapeXml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** A zip of deflated parts (APPNOTE 6.3, no zip64): enough for tests; text is taken in pieces, so parts may be large. */
export async function* writeZip(
  parts: ReadonlyArray<readonly [name: string, text: Iterable<string>]>,
): AsyncGenerator<Buffer> {
  const directory: Buffer[] = [];
  let offset = 0;
  for (const [name, text] of parts) {
    const { data, checksum, size } = await deflate(text);
    const fields = Buffer.alloc(26);
    fields.writeUInt16LE(20, 0); // version needed
    fields.writeUInt16LE(0x800, 2); // names in UTF-8
    fields.writeUInt16LE(8, 4); // deflate
    fields.writeUInt16LE(0x21, 8); // 1 January 1980
    fields.writeUInt32LE(checksum, 10);
    fields.writeUInt32LE(data.length, 14);
    fields.writeUInt32LE(size, 18);
    fields.writeUInt16LE(Buffer.byteLength(name), 22);
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, Buffer.from(name)]);
    const tail = Buffer.alloc(14);
    tail.writeUInt32LE(offset, 10);
    const made = Buffer.from([20, 0]);
    directory.push(
      Buffer.concat([Buffer.from('PK\x01\x02', 'latin1'), made, fields, tail, Buffer.from(name)]),
    );
    yield local;
    yield data;
    offset += local.length + data.length;
  }
  const entries = Buffer.concat(directory);
  const end = Buffer.alloc(18);
  end.writeUInt16LE(directory.length, 4);
  end.writeUInt16LE(directory.length, 6);
  end.writeUInt32LE(entries.length, 8);
  end.writeUInt32LE(offset, 12);
  yield Buffer.concat([entries, Buffer.from('PK\x05\x06', 'latin1'), end]);
}

async function deflate(text: Iterable<string>): Promise<{ data: Buffer; checksum: number; size: number }> {
  const stream = createDeflateRaw();
  const chunks: Buffer[] = [];
  stream.on('data', (chunk: Buffer) => chunks.push(chunk));
  const ended = new Promise<void>((resolve, reject) => stream.on('end', resolve).on('error', reject));
  let checksum = 0;
  let size = 0;
  const write = async (piece: string): Promise<void> => {
    const bytes = Buffer.from(piece);
    checksum = crc32(bytes, checksum);
    size += bytes.length;
    if (!stream.write(bytes)) await new Promise<void>((resolve) => stream.once('drain', resolve));
  };
  let pending = '';
  for (const piece of text) {
    pending += piece;
    if (pending.length < PIECE_CHARS) continue;
    await write(pending);
    pending = '';
  }
  await write(pending);
  stream.end();
  await ended;
  return { data: Buffer.concat(chunks), checksum, size };
}

/** The whole file in memory, to be uploaded. */
export async function readWhole(file: Pick<GeneratedRecipientFile, 'content'>): Promise<Blob> {
  const pieces: Buffer[] = [];
  for await (const piece of file.content) pieces.push(piece);
  return new Blob(pieces.map((piece) => new Uint8Array(piece)));
}
