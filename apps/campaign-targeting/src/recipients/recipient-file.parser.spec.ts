import { readdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { encode } from 'iconv-lite';
import {
  generateRecipientFile,
  type RecipientFileEncoding,
  type RecipientFileRecipe,
  writeZip,
} from '../../../../test/support/recipient-file.generator';
import { FileError } from '@peyk/files';
import { parseRecipientFile, type RecipientBatch, type RecipientFileOptions } from './recipient-file.parser';

const OPTIONS: RecipientFileOptions = { fileName: 'list.csv', maxRows: 10_000, maxBytes: 5_000_000 };

async function* inChunks(content: Buffer, bytes: number): AsyncGenerator<Buffer> {
  for (let at = 0; at < content.length; at += bytes) yield content.subarray(at, at + bytes);
}

async function collect(source: AsyncIterable<Buffer>): Promise<Buffer> {
  const pieces: Buffer[] = [];
  for await (const piece of source) pieces.push(piece);
  return Buffer.concat(pieces);
}

async function parse(
  content: Buffer | string,
  options: Partial<RecipientFileOptions> = {},
  chunkBytes = 65_536,
): Promise<RecipientBatch[]> {
  const batches: RecipientBatch[] = [];
  const source = inChunks(Buffer.from(content), chunkBytes);
  for await (const batch of parseRecipientFile(source, { ...OPTIONS, ...options })) batches.push(batch);
  return batches;
}

async function parseOne(
  content: Buffer | string,
  options: Partial<RecipientFileOptions> = {},
): Promise<RecipientBatch> {
  const [batch] = await parse(content, options);
  if (!batch) throw new Error('no batch');
  return batch;
}

async function refusal(
  content: Buffer | string,
  options: Partial<RecipientFileOptions> = {},
): Promise<string> {
  const error: unknown = await parse(content, options).then(
    (batches) => new Error(`accepted: ${JSON.stringify(batches)}`),
    (reason: unknown) => reason,
  );
  if (!(error instanceof FileError)) throw error;
  return error.code;
}

/** Everything a file came to, with the batch borders taken out. */
function joined(batches: readonly RecipientBatch[]) {
  const last = batches.at(-1);
  return {
    msisdns: batches.flatMap((batch) => batch.msisdns),
    operators: batches.flatMap((batch) => batch.operators),
    rowNumbers: batches.flatMap((batch) => batch.rowNumbers),
    invalid: batches.flatMap((batch) => batch.invalid),
    duplicates: batches.flatMap((batch) => batch.duplicates),
    totals: last?.totals,
    layout: last?.layout,
  };
}

async function expectTruth(recipe: RecipientFileRecipe): Promise<void> {
  const file = generateRecipientFile(recipe);
  const content = await collect(file.content);
  const result = joined(await parse(content, { fileName: file.fileName }));
  const { byOperator, ...counts } = file.truth;
  expect(result.totals).toMatchObject(counts);
  expect(
    Object.fromEntries(Object.entries(result.totals?.byOperator ?? {}).filter(([, n]) => n > 0)),
  ).toEqual(byOperator);
  expect(result.msisdns).toHaveLength(counts.valid);
  expect(new Set(result.msisdns).size).toBe(counts.valid);
  expect(result.invalid).toHaveLength(counts.invalid);
  expect(result.duplicates).toHaveLength(counts.duplicate);
  const rows = [
    result.rowNumbers,
    result.invalid.map(({ row }) => row),
    result.duplicates.map(({ row }) => row),
  ];
  expect(new Set(rows.flat()).size).toBe(counts.rows);
}

/** Windows-1256 by code. */
const arabic = Array.from({ length: 256 }, (_, code) =>
  new TextDecoder('windows-1256').decode(Buffer.of(code)),
);

describe(parseRecipientFile.name, () => {
  describe('agrees with the truth of generated files', () => {
    const encodings: RecipientFileEncoding[] = [
      'utf-8',
      'utf-8-bom',
      'windows-1256',
      'utf-16le',
      'utf-16le-bom',
      'utf-16be',
      'utf-16be-bom',
    ];
    const delimiters = [',', ';', '\t'] as const;
    const cases = encodings.flatMap((encoding, i) =>
      delimiters.map((delimiter, k) => ({ encoding, delimiter, seed: 10 * i + k })),
    );

    it.each(cases)('SMS-215 $encoding with $delimiter', async ({ encoding, delimiter, seed }) => {
      const lineEnd = seed % 2 === 0 ? '\n' : '\r\n';
      const mobileColumn = ([0, 1, 2] as const)[seed % 3];
      await expectTruth({ rows: 2_000, seed, encoding, delimiter, lineEnd, mobileColumn });
    });

    it.each(['fa', 'en', 'none'] as const)('SMS-215 headings: %s', async (headings) => {
      for (const mobileColumn of [0, 1, 2] as const) {
        await expectTruth({ rows: 500, seed: 40 + mobileColumn, headings, mobileColumn });
        await expectTruth({ rows: 500, seed: 50 + mobileColumn, headings, mobileColumn, format: 'xlsx' });
      }
    });

    it('TGT-025 xlsx', async () => {
      await expectTruth({ rows: 5_000, seed: 3, format: 'xlsx' });
    });
  });

  it('SMS-215 reads the same wherever the upload happens to be cut', async () => {
    for (const encoding of ['utf-8-bom', 'utf-16be', 'windows-1256'] as const) {
      const { content, fileName } = generateRecipientFile({ rows: 400, seed: 5, encoding, lineEnd: '\r\n' });
      const bytes = await collect(content);
      const whole = joined(await parse(bytes, { fileName }));
      for (const size of [1, 3, 7, 64]) {
        expect(joined(await parse(bytes, { fileName }, size))).toEqual(whole);
      }
    }
    const { content, fileName } = generateRecipientFile({ rows: 100, seed: 6, format: 'xlsx' });
    const bytes = await collect(content);
    expect(joined(await parse(bytes, { fileName }, 13))).toEqual(joined(await parse(bytes, { fileName })));
  });

  it('SMS-215 reads the same past its first block, where detection ended', async () => {
    const file = generateRecipientFile({ rows: 6_000, seed: 9 });
    const bytes = await collect(file.content);
    expect(bytes.length).toBeGreaterThan(4 * 65_536);
    for (const size of [1_000, 65_536, bytes.length]) {
      expect(joined(await parse(bytes, { fileName: file.fileName }, size)).totals).toMatchObject({
        rows: 6_000,
        valid: file.truth.valid,
      });
    }
  });

  it('SMS-205 says which row is what, as a spreadsheet numbers them', async () => {
    const csv = [
      'نام,موبایل', // 1
      'علی,09121234567', // 2
      '"خط یک\nخط دو",۰۹۳۵۱۲۳۴۵۶۷', // 3, one row of two lines
      '', // 4
      'سارا,+98 912 123 4567', // 5, the number of row 2
      'رضا,ندارد', // 6
      ' , ', // 7
      'مینا,', // 8
      'نگار', // 9, no second cell
      `x,${'9'.repeat(100)}`, // 10
      'y,9201234567', // 11
    ].join('\n');
    const batch = await parseOne(csv);
    expect(batch.msisdns).toEqual([989_121_234_567, 989_351_234_567, 989_201_234_567]);
    expect(batch.operators).toEqual(['mci', 'irancell', 'rightel']);
    expect(batch.rowNumbers).toEqual([2, 3, 11]);
    expect(batch.duplicates).toEqual([{ row: 5, value: '09121234567', firstRow: 2 }]);
    expect(batch.invalid).toEqual([
      { row: 6, value: 'ندارد', reason: 'not_a_number' },
      { row: 8, value: '', reason: 'empty' },
      { row: 9, value: '', reason: 'empty' },
      { row: 10, value: '9'.repeat(64), reason: 'not_a_number' },
    ]);
    expect(batch.totals).toMatchObject({ rows: 8, valid: 3, duplicate: 1, invalid: 4, blank: 2 });
    expect(batch.layout).toEqual({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ',',
      column: 2,
      heading: 'موبایل',
      columns: 2,
    });
  });

  it('SMS-205 counts a number once over all batches', async () => {
    const rows = Array.from({ length: 2_500 }, (_, i) => `0912${String(i % 2_000).padStart(7, '0')}`);
    const batches = await parse(rows.join('\n'), { batchRows: 100 });
    expect(
      batches.map((batch) => batch.msisdns.length + batch.duplicates.length).every((n) => n <= 100),
    ).toBe(true);
    const { totals, duplicates } = joined(batches);
    expect(totals).toMatchObject({ rows: 2_500, valid: 2_000, duplicate: 500 });
    expect(duplicates[0]).toEqual({ row: 2_001, value: '09120000000', firstRow: 1 });
  });

  describe('finds the column', () => {
    const mobiles = ['09121234567', '09351234567', '09201234567'];

    it.each([
      ['no headings', 'علی;09121234567\nسارا;09351234567', 2, ''],
      ['one bare column', '9121234567\n9351234567', 1, ''],
      ['a heading nobody listed', 'Handy\n09121234567\n09351234567', 1, 'Handy'],
      ['a landline beside it', 'تلفن,موبایل\n02188776655,09121234567\n02188776656,09351234567', 2, 'موبایل'],
      ['a row number called number', 'شماره,شماره تماس\n1,09121234567\n2,09351234567', 2, 'شماره تماس'],
      [
        'Arabic letters and ZWNJ',
        'نام,شماره\u200cموبايل\nعلی,09121234567\nسارا,09351234567',
        2,
        'شماره\u200cموبايل',
      ],
      ['a title above', 'لیست مشتریان,\n\nنام,همراه\nعلی,09121234567\nسارا,09351234567', 2, 'همراه'],
      ['capitals and underscores', 'NAME\tMOBILE_NUMBER\nx\t09121234567\ny\t09351234567', 2, 'MOBILE_NUMBER'],
      ['the separator line of Excel', 'sep=;\nموبایل;نام\n09121234567;الف\n09351234567;ب', 1, 'موبایل'],
      ['commas within semicolons', 'نام;همراه\n"الف, ب";09121234567\nپ, ت;09351234567', 2, 'همراه'],
    ])('SMS-215 %s', async (_, csv, column, heading) => {
      const batch = await parseOne(csv);
      expect(batch.layout).toMatchObject({ column, heading });
      expect(batch.msisdns).toEqual([989_121_234_567, 989_351_234_567]);
      expect(batch.totals).toMatchObject({ rows: 2, invalid: 0, blank: 0 });
    });

    it('SMS-215 keeps a first row that is data', async () => {
      expect((await parseOne(`0912123456,x\n${mobiles.join(',y\n')},z`)).totals).toMatchObject({
        rows: 4,
        invalid: 1,
      });
    });
  });

  describe('refuses', () => {
    const zip = async (parts: Array<[string, string]>): Promise<Buffer> =>
      collect(writeZip(parts.map(([name, text]) => [name, [text]])));

    it.each([
      ['nothing', '', 'empty_file'],
      ['a byte order mark alone', '\ufeff', 'empty_file'],
      ['blank lines', '\r\n\n  \n,,\n', 'empty_file'],
      ['headings alone', 'نام,موبایل\n', 'empty_file'],
      ['words', 'نام,شهر\nعلی,تهران\n', 'column_missing'],
      ['landlines', '02188776655\n02188776656\n', 'column_missing'],
      ['an open quote', `موبایل\n"09121234567\n${'09351234567\n'.repeat(100)}`, 'record_too_long'],
      ['an open quote at once', `"${'09351234567\n'.repeat(10_000)}`, 'record_too_long'],
      ['HTML under this name', '<html><table><tr><td>09121234567</td></tr></table></html>', 'web_page'],
      ['PDF', '%PDF-1.7\n09121234567\n', 'not_a_spreadsheet'],
    ])('SMS-215 %s', async (_, csv, code) => {
      expect(await refusal(csv)).toBe(code);
    });

    it('SMS-215 names and contents that disagree', async () => {
      const csv = '09121234567\n09351234567\n';
      const xlsx = await collect(generateRecipientFile({ rows: 5, seed: 1, format: 'xlsx' }).content);
      expect(await refusal(csv, { fileName: 'list.xlsx' })).toBe('not_a_spreadsheet');
      expect(await refusal(csv, { fileName: 'list.exe' })).toBe('not_a_spreadsheet');
      expect(await refusal(csv, { fileName: 'csv' })).toBe('not_a_spreadsheet');
      expect(await refusal(xlsx, { fileName: 'list.csv' })).toBe('not_a_spreadsheet');
      expect((await parseOne(csv, { fileName: 'LIST.TXT' })).totals.valid).toBe(2);
    });

    it('SMS-215 binary files', async () => {
      const noise = Buffer.from(Array.from({ length: 4_096 }, (_, i) => (i * 7_919 + (i >> 3) * 31) & 0xff));
      expect(await refusal(noise)).toBe('not_a_spreadsheet');
      expect(await refusal(Buffer.from('d0cf11e0a1b11ae100000000', 'hex'), { fileName: 'old.xls' })).toBe(
        'old_excel',
      );
      expect(await refusal(Buffer.alloc(100))).toBe('not_a_spreadsheet');
    });

    it('a locked xlsx, an old xls by whatever name, ods and a web page are each refused by name', async () => {
      const compound = (name: string): Buffer =>
        Buffer.concat([
          Buffer.from('d0cf11e0a1b11ae1', 'hex'),
          Buffer.alloc(1_000),
          Buffer.from(name, 'utf16le'),
        ]);
      for (const fileName of ['list.xlsx', 'list.xls']) {
        expect(await refusal(compound('EncryptedPackage'), { fileName })).toBe('locked_file');
        expect(await refusal(compound('Workbook'), { fileName })).toBe('old_excel');
        expect(await refusal('\ufeff <table><tr><td>09121234567</td></tr></table>', { fileName })).toBe(
          'web_page',
        );
      }
      const ods = await zip([
        ['mimetype', 'application/vnd.oasis.opendocument.spreadsheet'],
        ['content.xml', '<x/>'],
      ]);
      for (const fileName of ['list.xlsx', 'list.ods', 'list.xls'])
        expect(['open_document', 'not_a_spreadsheet']).toContain(await refusal(ods, { fileName }));
    });

    it('an xlsx and a text that are named xls are read', async () => {
      const xlsx = await collect(generateRecipientFile({ rows: 5, seed: 1, format: 'xlsx' }).content);
      expect((await parseOne(xlsx, { fileName: 'list.xls' })).totals.rows).toBe(5);
      expect((await parseOne('نام\tموبایل\nعلی\t09121234567\n', { fileName: 'list.xls' })).totals.valid).toBe(
        1,
      );
    });

    it.each([
      ['|', 'utf-8'],
      ['،', 'utf-8'],
      ['،', 'windows-1256'],
    ])('columns parted by %s in %s are read', async (delimiter, encoding) => {
      const text = `نام${delimiter}موبایل\nعلی${delimiter}09121234567\n"الف${delimiter}ب"${delimiter} 09351234567\n`;
      const bytes =
        encoding === 'utf-8' ? Buffer.from(text) : Buffer.from([...text].map((char) => arabic.indexOf(char)));
      const batch = await parseOne(bytes);
      expect(batch.layout).toMatchObject({ delimiter, encoding, column: 2 });
      expect(batch.msisdns).toEqual([989_121_234_567, 989_351_234_567]);
      // However the bytes are cut.
      const pieces = (async function* () {
        for (const byte of bytes) yield Buffer.of(byte);
      })();
      const cut: number[] = [];
      for await (const one of parseRecipientFile(pieces, { fileName: 'a.csv', maxRows: 9, maxBytes: 999 }))
        cut.push(...one.msisdns);
      expect(cut).toEqual(batch.msisdns);
    });

    it('a sentence with ، is one cell of a file with commas', async () => {
      const batch = await parseOne('موبایل,نشانی\n09121234567,تهران، خیابان، کوچه\n');
      expect(batch.layout).toMatchObject({ delimiter: ',', columns: 2 });
    });

    it('what our own CSV, links and floats make of a number is read', async () => {
      const cells = [
        `"=${'""'}09121234567${'""'}"`,
        'tel:+98-935-123-4567',
        'TEL: 09201234567',
        '9121234568.00',
        '09121234569.0',
      ];
      expect((await parseOne(`mobile\n${cells.join('\n')}\n`)).msisdns).toEqual([
        ...[989_121_234_567, 989_351_234_567, 989_201_234_567, 989_121_234_568, 989_121_234_569],
      ]);
      const wrong = await parseOne('mobile\n09121234567\ntel:abc\ntel:\n0912123456.00\n');
      expect(wrong.invalid.map(({ reason }) => reason)).toEqual(['not_a_number', 'empty', 'wrong_length']);
    });

    it('TGT-025 more rows or bytes than allowed, and takes exactly as many', async () => {
      const rows = Array.from({ length: 50 }, (_, i) => `091200000${String(i).padStart(2, '0')}`).join('\n');
      expect(await refusal(`${rows}\n`, { maxRows: 49 })).toBe('too_many_rows');
      expect((await parse(`${rows}\n\n\n`, { maxRows: 50 })).at(-1)?.totals.rows).toBe(50);
      expect(await refusal(rows, { maxBytes: rows.length - 1 })).toBe('too_many_bytes');
      expect((await parse(rows, { maxBytes: rows.length })).at(-1)?.totals.rows).toBe(50);
    });

    const xlsxOptions = { fileName: 'list.xlsx' };
    const BOOK = '<workbook xmlns:r="r"><sheets><sheet name="a" r:id="x1"/></sheets></workbook>';
    const LINKS =
      '<Relationships><Relationship Id="x1" Type="t/worksheet" Target="/xl/s.xml"/>' +
      '<Relationship Id="x2" Type="t/sharedStrings" Target="sharedStrings.xml"/></Relationships>';
    const book = (sheet: string, strings = '<sst/>'): Promise<Buffer> =>
      zip([
        ['xl/workbook.xml', BOOK],
        ['xl/_rels/workbook.xml.rels', LINKS],
        ['xl/s.xml', sheet],
        ['xl/sharedStrings.xml', strings],
      ]);
    const cell = (reference: string, text: string): string =>
      `<c r="${reference}" t="inlineStr"><is><t>${text}</t></is></c>`;

    it('TGT-025 reads xlsx as other programs write it', async () => {
      const strings =
        '<?xml version="1.0"?><x:sst><x:si><x:r><x:t>091212</x:t></x:r><x:r><x:t>34567</x:t></x:r><x:rPh><x:t>9</x:t></x:rPh></x:si>' +
        '<x:si><x:t>a &amp; &#x6F0;</x:t></x:si><x:si/></x:sst>';
      const sheet =
        '<!-- made by hand --><x:worksheet><x:sheetData><x:row r="2"><x:c r="B2" t=\'s\'><x:v>0</x:v></x:c></x:row>' +
        '<x:row><x:c><x:v>1</x:v></x:c><x:c><x:v>9.351234567E9</x:v></x:c></x:row>' +
        '<x:row r="6"><x:c r="B6" s="1"/><x:c r="C6" t="s"><x:v>2</x:v></x:c></x:row>' +
        '<x:row r="7"><x:c r="B7" t="s"><x:v>1</x:v></x:c></x:row>' +
        '<x:row r="8"><x:c r="B8" t="str"><x:f>A1&gt;"x"</x:f><x:v>09201234567</x:v></x:c></x:row>' +
        '<x:row r="9"><x:c r="B9" t="s"><x:v>77</x:v></x:c><x:c r="A9" t="e"><x:v>#N/A</x:v></x:c></x:row>' +
        '<x:row r="10"><x:c r="B10" t="inlineStr"><x:is><x:t><![CDATA[<09201234567>]]></x:t></x:is></x:c></x:row>' +
        '</x:sheetData></x:worksheet>';
      const batch = await parseOne(await book(sheet, strings), xlsxOptions);
      expect(batch.msisdns).toEqual([989_121_234_567, 989_351_234_567, 989_201_234_567]);
      expect(batch.rowNumbers).toEqual([2, 3, 8]);
      expect(batch.invalid).toEqual([
        { row: 7, value: 'a & ۰', reason: 'not_a_number' },
        { row: 9, value: '', reason: 'empty' },
        { row: 10, value: '<09201234567>', reason: 'not_a_number' },
      ]);
      // Rows 1, 4, 5 are not in the XML, row 6 is but holds nothing.
      expect(batch.totals).toMatchObject({ rows: 6, blank: 4 });
      expect(batch.layout).toMatchObject({ format: 'xlsx', column: 2, heading: '' });
    });

    it('a row number beyond those of a sheet is refused, not counted as blank rows', async () => {
      for (const row of [1_048_577, 150_000_000, 2 ** 40, 0, -1, 1.5])
        await expect(
          parse(
            await book(`<worksheet><row r="${row}">${cell(`A${row}`, '09121234567')}</row></worksheet>`),
            xlsxOptions,
          ),
        ).rejects.toMatchObject({ code: 'damaged_file' });
      const last = await parseOne(
        await book(`<worksheet><row r="1048576">${cell('A1048576', '09121234567')}</row></worksheet>`),
        xlsxOptions,
      );
      expect(last.totals).toMatchObject({ rows: 1, blank: 1_048_575 });
    });

    it('TGT-025 reads the first visible sheet', async () => {
      const sheet = (number: string): string => `<worksheet><row>${cell('A1', number)}</row></worksheet>`;
      const content = await zip([
        [
          'xl/workbook.xml',
          '<workbook><sheets><sheet state="hidden" r:id="h"/><sheet r:id="v"/><sheet r:id="w"/></sheets></workbook>',
        ],
        [
          'xl/_rels/workbook.xml.rels',
          ['h', 'v', 'w']
            .map((id) => `<Relationship Id="${id}" Type="t/worksheet" Target="${id}.xml"/>`)
            .join(''),
        ],
        ['xl/h.xml', sheet('09120000001')],
        ['xl/v.xml', sheet('09120000002')],
        ['xl/w.xml', sheet('09120000003')],
      ]);
      expect((await parseOne(content, xlsxOptions)).msisdns).toEqual([989_120_000_002]);
    });

    it('a cover sheet is passed over, and the sheet that was read is named', async () => {
      const named = (sheets: readonly (readonly [name: string, xml: string])[]): Promise<Buffer> =>
        zip([
          [
            'xl/workbook.xml',
            `<workbook><sheets>${sheets.map(([name], at) => `<sheet name="${name}" r:id="s${at}"/>`).join('')}</sheets></workbook>`,
          ],
          [
            'xl/_rels/workbook.xml.rels',
            sheets
              .map((_sheet, at) => `<Relationship Id="s${at}" Type="t/worksheet" Target="s${at}.xml"/>`)
              .join(''),
          ],
          ...sheets.map(([, xml], at): [string, string] => [
            `xl/s${at}.xml`,
            `<worksheet>${xml}</worksheet>`,
          ]),
        ]);
      const cover = `<row r="1">${cell('A1', 'گزارش')}</row>${Array.from({ length: 300 }, (_, at) => `<row r="${at + 2}">${cell(`B${at + 2}`, 'متن')}</row>`).join('')}`;
      const numbers = `<row r="2">${cell('A2', '09121234567')}</row><row r="4">${cell('A4', 'x')}</row>`;
      const batch = await parseOne(
        await named([
          ['جلد', cover],
          ['خالی', ''],
          ['مشتریان', numbers],
          ['دیگر', numbers],
        ]),
        xlsxOptions,
      );
      expect(batch.layout.sheet).toBe('مشتریان');
      expect(batch.totals).toMatchObject({ rows: 2, valid: 1, invalid: 1, blank: 2 });
      await expect(
        parse(
          await named([
            ['جلد', cover],
            ['خالی', ''],
          ]),
          xlsxOptions,
        ),
      ).rejects.toMatchObject({
        code: 'column_missing',
        details: { sheet: 'جلد، خالی' },
      });
      await expect(parse(await named([['خالی', '']]), xlsxOptions)).rejects.toMatchObject({
        code: 'empty_file',
      });
    });

    it('letters that XML has not stand as _x000D_ in a cell, and are read', async () => {
      const strings = '<sst><si><t>09121234567_x000D_</t></si></sst>';
      const sheet = `<worksheet><row r="1"><c r="A1" t="s"><v>0</v></c></row><row r="2">${cell('A2', '_x0009_09351234567_x000D_')}</row></worksheet>`;
      expect((await parseOne(await book(sheet, strings), xlsxOptions)).msisdns).toEqual([
        989_121_234_567, 989_351_234_567,
      ]);
    });

    it('TGT-025 an xlsx that is none, is cut, or was changed', async () => {
      const good = await book(`<worksheet><row r="1">${cell('A1', '09121234567')}</row></worksheet>`);
      expect((await parseOne(good, xlsxOptions)).msisdns).toEqual([989_121_234_567]);
      expect(await refusal(await zip([['hello.txt', 'hello']]), xlsxOptions)).toBe('not_a_spreadsheet');
      expect(await refusal(good.subarray(0, good.length - 40), xlsxOptions)).toBe('damaged_file');
      const changed = Buffer.from(good);
      const at = changed.indexOf('xl/s.xml') + 8;
      changed[at + 20] = (changed[at + 20] ?? 0) ^ 0xff;
      expect(await refusal(changed, xlsxOptions)).toBe('damaged_file');
      const wrongSum = Buffer.from(good);
      const sum = Buffer.alloc(4);
      sum.writeUInt32LE(crc32(`<worksheet><row r="1">${cell('A1', '09121234567')}</row></worksheet>`));
      for (let i = wrongSum.indexOf(sum); i >= 0; i = wrongSum.indexOf(sum, i)) wrongSum.fill(1, i, i + 4);
      expect(await refusal(wrongSum, xlsxOptions)).toBe('damaged_file');
    });

    it.each([
      ['not closed', '<worksheet><row r="1">'],
      ['rows that go back', '<worksheet><row r="2"/><row r="1"/></worksheet>'],
      ['rows that are no number', '<worksheet><row r="x"/></worksheet>'],
      ['a document type', '<!DOCTYPE w [<!ENTITY a "09121234567">]><worksheet/>'],
      ['an unknown entity', `<worksheet><row r="1">${cell('A1', '&a;')}</row></worksheet>`],
      ['a tag without an end', '<worksheet><row r="1'],
    ])('TGT-025 sheets with %s', async (_, sheet) => {
      expect(await refusal(await book(sheet), xlsxOptions)).toBe('damaged_file');
    });

    it('TGT-025 a sheet with nothing in it', async () => {
      expect(await refusal(await book('<worksheet><sheetData/></worksheet>'), xlsxOptions)).toBe(
        'empty_file',
      );
      const words = `<worksheet><row>${cell('A1', 'علی')}</row></worksheet>`;
      expect(await refusal(await book(words), xlsxOptions)).toBe('column_missing');
    });

    it('TGT-025 file bombs: by ratio, by size, by one endless text, by number of parts', async () => {
      const dense = `<worksheet>${'<row></row>'.repeat(1_000_000)}</worksheet>`;
      const denseFile = await book(dense);
      expect(denseFile.length).toBeLessThan(100_000);
      expect(await refusal(denseFile, xlsxOptions)).toBe('file_bomb');
      const rows = `<worksheet><row r="1">${cell('A1', '09121234567')}</row>${'<a>x</a>'.repeat(20_000)}</worksheet>`;
      expect(await refusal(await book(rows), { ...xlsxOptions, maxUnpackedBytes: 100_000 })).toBe(
        'file_bomb',
      );
      expect((await parseOne(await book(rows), xlsxOptions)).totals.valid).toBe(1);
      const endless = `<worksheet><row r="1"><c><v>${'9'.repeat(2_000_000)}</v></c></row></worksheet>`;
      expect(await refusal(await book(endless), xlsxOptions)).toBe('file_bomb');
      const parts = Array.from({ length: 1_001 }, (_, i): [string, string] => [`xl/${i}.xml`, '']);
      expect(await refusal(await zip(parts), xlsxOptions)).toBe('file_bomb');
    });

    it('TGT-025 and leaves nothing on the disk', async () => {
      const spoolFolder = await mkdtemp(join(tmpdir(), 'spool-'));
      try {
        const file = generateRecipientFile({ rows: 3_000, seed: 2, format: 'xlsx' });
        const content = await collect(file.content);
        const source = inChunks(content, 10_000);
        for await (const _ of parseRecipientFile(source, { ...OPTIONS, fileName: 'a.xlsx', spoolFolder })) {
          expect(await readdir(spoolFolder)).toEqual([]);
          break;
        }
        expect(await refusal(content.subarray(0, 500), { fileName: 'a.xlsx', spoolFolder })).toBe(
          'damaged_file',
        );
        expect(await readdir(spoolFolder)).toEqual([]);
      } finally {
        await rm(spoolFolder, { recursive: true });
      }
    });
  });

  it('SMS-215 shows Windows-1256 values as they were written', async () => {
    const csv = encode('موبايل,نام\n09121234567,علي\nندارد,سارا', 'windows-1256');
    const batch = await parseOne(csv);
    expect(batch.layout).toMatchObject({ encoding: 'windows-1256', heading: 'موبايل' });
    expect(batch.invalid).toEqual([{ row: 3, value: 'ندارد', reason: 'not_a_number' }]);
  });

  it('TGT-025 reads on only as batches are taken, and lets the source go when it stops', async () => {
    let read = 0;
    let isReleased = false;
    async function* endless(): AsyncGenerator<Buffer> {
      try {
        for (;;) {
          const rows = Array.from(
            { length: 1_000 },
            (_, i) => `0912${String(read * 1_000 + i).padStart(7, '0')}\n`,
          );
          read += 1;
          yield Buffer.from(rows.join(''));
        }
      } finally {
        isReleased = true;
      }
    }
    let taken = 0;
    for await (const batch of parseRecipientFile(endless(), { ...OPTIONS, maxRows: 1e6, maxBytes: 1e9 })) {
      taken += batch.msisdns.length;
      // The first block (64 KiB, six of these chunks) is read at once, afterwards one at a time.
      expect(read).toBeLessThanOrEqual(taken / 1_000 + 6);
      if (taken >= 20_000) break;
    }
    expect(isReleased).toBe(true);
  });

  it('TGT-025 passes an error of the upload on', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('09121234567\n'.repeat(10_000));
      throw new Error('connection lost');
    }
    const read = async (): Promise<void> => {
      for await (const batch of parseRecipientFile(broken(), OPTIONS)) void batch;
    };
    await expect(read()).rejects.toThrow('connection lost');
  });
});
