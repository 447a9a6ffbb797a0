import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { CsvTokenizer } from './csv.tokenizer';

const utf8 = (bytes: Buffer, start: number, end: number): string => bytes.toString('utf8', start, end);

function tokenize(csv: string, chunkBytes = 1 << 16, delimiter = ','): string[][] {
  const records: string[][] = [];
  const rows: number[] = [];
  const tokenizer = new CsvTokenizer(delimiter.charCodeAt(0), (row) => {
    records.push(Array.from({ length: tokenizer.fieldCount }, (_, i) => tokenizer.field(i, utf8)));
    rows.push(row);
  });
  const bytes = Buffer.from(csv);
  for (let at = 0; at < bytes.length; at += chunkBytes) tokenizer.write(bytes.subarray(at, at + chunkBytes));
  tokenizer.end();
  expect(rows).toEqual(records.map((_record, index) => index + 1));
  return records;
}

describe(CsvTokenizer.name, () => {
  it.each([
    [
      'a,b\nc,d\n',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    [
      'a,b\r\nc,d',
      [
        ['a', 'b'],
        ['c', 'd'],
      ],
    ],
    ['a\rb\r', [['a'], ['b']]],
    [
      'a,\n,b',
      [
        ['a', ''],
        ['', 'b'],
      ],
    ],
    ['\n\na', [[''], [''], ['a']]],
    ['"a,b","c""d"', [['a,b', 'c"d']]],
    ['"line\r\nbreak",x\ny', [['line\r\nbreak', 'x'], ['y']]],
    ['"","""",""""""', [['', '"', '""']]],
    ['رضا "مدیر",x', [['رضا "مدیر"', 'x']]],
    ['"a"  ,b', [['a', 'b']]],
    // Nothing of such a field may be dropped: 0912 1234567 and 5 is another number.
    ['"09121234567"5,b', [['"09121234567"5', 'b']]],
    ['', []],
  ])('SMS-215 reads %j', (csv, records) => {
    expect(tokenize(csv)).toEqual(records);
    expect(tokenize(csv, 1)).toEqual(records);
  });

  it('SMS-215 reads what csv-parse reads, however the bytes are cut', () => {
    const cell = fc.string({
      unit: fc.constantFrom('a', '۱', ' ', ',', ';', '"', '\n', '\r\n', '0', 'ی\u200c'),
      maxLength: 6,
    });
    const records = fc.array(fc.array(cell, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 8 });
    fc.assert(
      fc.property(
        records,
        fc.constantFrom(',', ';'),
        fc.constantFrom('\n', '\r\n'),
        fc.nat(20),
        (rows, delimiter, eol, cut) => {
          const csv = rows
            .map((row) => row.map((text) => `"${text.replaceAll('"', '""')}"`).join(delimiter) + eol)
            .join('');
          expect(tokenize(csv, cut + 1, delimiter)).toEqual(rows);
          expect(
            parse(csv, {
              delimiter,
              relax_column_count: true,
              skip_empty_lines: false,
              record_delimiter: eol,
            }),
          ).toEqual(rows);
        },
      ),
    );
  });

  it('SMS-215 reads any bytes the same, however they are cut', () => {
    const soup = fc.string({ unit: fc.constantFrom('a', ',', '"', '\n', '\r', ' '), maxLength: 60 });
    fc.assert(
      fc.property(soup, fc.integer({ min: 1, max: 9 }), (csv, cut) => {
        const read = (bytes: number): string[][] | string => {
          try {
            return tokenize(csv, bytes);
          } catch (error) {
            return String(error);
          }
        };
        expect(read(cut)).toEqual(read(1 << 16));
      }),
      { numRuns: 1_000 },
    );
  });

  it('SMS-215 tells blank records', () => {
    const blanks: boolean[] = [];
    const tokenizer = new CsvTokenizer(0x2c, (_, isBlank) => blanks.push(isBlank));
    tokenizer.write(Buffer.from('\n , \n"",""\n"  ",\n"x"\ny\n'));
    tokenizer.end();
    expect(blanks).toEqual([true, true, true, true, false, false]);
  });
});
