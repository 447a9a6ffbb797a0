import { encode } from 'iconv-lite';
import fc from 'fast-check';
import { writeZip } from '../../../test/support/recipient-file.generator';
import { FileError } from './file.error';
import { type FileRow, readRows, type RowsOptions } from './rows.reader';

const limits: RowsOptions = { fileName: 'people.csv', maxRows: 10_000, maxBytes: 5_000_000 };

async function read(
  content: Buffer | string,
  options: Partial<RowsOptions> = {},
  chunkBytes = 65_536,
): Promise<FileRow[]> {
  async function* chunks(): AsyncGenerator<Buffer> {
    const bytes = Buffer.from(content);
    for (let at = 0; at < bytes.length; at += chunkBytes) yield bytes.subarray(at, at + chunkBytes);
  }
  const rows: FileRow[] = [];
  for await (const some of readRows(chunks(), { ...limits, ...options })) rows.push(...some);
  return rows;
}

const refusal = (content: Buffer | string, options: Partial<RowsOptions> = {}): Promise<string> =>
  read(content, options).then(
    () => 'read',
    (error: unknown) => (error instanceof FileError ? error.code : String(error)),
  );

async function book(sheet: string, strings?: string): Promise<Buffer> {
  const relations = (list: string) =>
    `<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">${list}</Relationships>`;
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: [string, string][] = [
    [
      'xl/workbook.xml',
      '<workbook xmlns:r="x"><sheets><sheet name="a" sheetId="1" r:id="rId1"/></sheets></workbook>',
    ],
    [
      'xl/_rels/workbook.xml.rels',
      relations(
        `<Relationship Id="rId1" Type="${type}/worksheet" Target="worksheets/sheet1.xml"/>` +
          `<Relationship Id="rId2" Type="${type}/sharedStrings" Target="sharedStrings.xml"/>`,
      ),
    ],
    ['xl/worksheets/sheet1.xml', `<worksheet><sheetData>${sheet}</sheetData></worksheet>`],
    ...(strings ? [['xl/sharedStrings.xml', `<sst>${strings}</sst>`] as [string, string]] : []),
  ];
  const bytes: Buffer[] = [];
  for await (const piece of writeZip(parts.map(([name, text]) => [name, [text]] as const))) bytes.push(piece);
  return Buffer.concat(bytes);
}

describe(readRows, () => {
  it('IDN-203 gives every column of a CSV with the row numbers of the file, without blank rows', async () => {
    expect(await read('کد,نام\n\n 12 ,"علی ""رضا"", تهران"\n,\n13\n')).toEqual([
      { row: 1, cells: ['کد', 'نام'] },
      { row: 3, cells: ['12', 'علی "رضا", تهران'] },
      { row: 5, cells: ['13'] },
    ]);
  });

  it.each(['utf-8', 'windows-1256', 'utf-16le'])('IDN-203 reads Persian text in %s', async (encoding) => {
    const rows = await read(encode('كد,نام\n1,رضا احمدي\n', encoding, { addBOM: false }));
    expect(rows[1]?.cells).toEqual(['1', 'رضا احمدي']);
  });

  it('IDN-203 finds the delimiter by most rows, not by a comma inside names', async () => {
    const rows = await read('code;name\n1;"a, b"\n2;c, d\n3;e, f\n');
    expect(rows.map(({ cells }) => cells.length)).toEqual([2, 2, 2, 2]);
    expect((await read('sep=;\ncode;name\n1;x,y,z\n'))[1]?.cells).toEqual(['1', 'x,y,z']);
    expect((await read('code\tname\n1\tx\n'))[1]?.cells).toEqual(['1', 'x']);
  });

  it('IDN-203 is the same wherever the chunks are cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.constantFrom('a', 'ب', 'x y', '"', ',', '12'), { minLength: 1, maxLength: 4 }), {
          minLength: 1,
          maxLength: 8,
        }),
        fc.integer({ min: 1, max: 9 }),
        async (table, chunkBytes) => {
          const csv = table
            .map((row) => row.map((cell) => `"${cell.replaceAll('"', '""')}"`).join(','))
            .join('\r\n');
          // One column more, so that a comma is what separates.
          const content = `${csv.replaceAll('\r\n', ',end\r\n')},end`;
          const rows = await read(content, {}, chunkBytes);
          expect(rows.map(({ cells }) => cells)).toEqual(table.map((row) => [...row, 'end']));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('IDN-203 reads an xlsx: shared, inline and number cells by their column, numbers in full', async () => {
    const sheet =
      '<row r="2"><c r="A2" t="s"><v>1</v></c><c r="C2" t="inlineStr"><is><t>درون</t></is></c></row>' +
      '<row r="4"><c r="A4"><v>1.2345678E9</v></c><c r="B4" t="s"><v>0</v></c><c r="D4" t="s"><v>9</v></c></row>';
    const content = await book(sheet, '<si><t>نام</t></si><si><r><t>ک</t></r><r><t>د </t></r></si>');
    expect(await read(content, { fileName: 'people.xlsx' })).toEqual([
      { row: 2, cells: ['کد', '', 'درون'] },
      { row: 4, cells: ['1234567800', 'نام', '', ''] },
    ]);
  });

  it('IDN-203 refuses what is no spreadsheet, too much of it, and none of it', async () => {
    expect(await refusal('')).toBe('empty_file');
    expect(await refusal('\n\n,,\n')).toBe('empty_file');
    expect(await refusal('<html><table>')).toBe('web_page');
    expect(await refusal('a,b\n', { fileName: 'people.xlsx' })).toBe('not_a_spreadsheet');
    expect(await refusal('a\nb\nc\n', { maxRows: 2 })).toBe('too_many_rows');
    expect(await refusal('a\nb\nc\n', { maxRows: 3 })).toBe('read');
    expect(await refusal('a'.repeat(101), { maxBytes: 100 })).toBe('too_many_bytes');
    expect(await refusal(`a,"${'x'.repeat(2 << 20)}`)).toBe('record_too_long');
    const content = await book('<row r="1"><c r="A1"><v>1</v></c></row>');
    expect(await refusal(content, { fileName: 'p.xlsx', maxUnpackedBytes: 100 })).toBe('file_bomb');
    expect(await refusal(content.subarray(0, content.length - 30), { fileName: 'p.xlsx' })).toBe(
      'damaged_file',
    );
  });

  it('IDN-203 cuts long cells and leaves columns beyond the 64th', async () => {
    const [row] = await read(`${'x'.repeat(400)},${'y,'.repeat(80)}\n`);
    expect(row?.cells[0]).toHaveLength(256);
    expect(row?.cells).toHaveLength(64);
  });
});
