import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { csvLines, plainText } from './csv.writer';

const cellsOf = (csv: string): string[][] => parse(csv, { relax_column_count: false });

describe(csvLines.name, () => {
  it('SMS-215 a line end of any kind in a cell breaks no row, and no formula gets out', () => {
    const hostile = [
      'a\nb',
      'a\rb',
      'a\r\n=1+1',
      '"\n=cmd|calc',
      '=1+1',
      '  =1+1',
      '+1+1',
      '-1+1',
      '@sum(a1)',
      '\t=1',
      '\r=1',
      '\n=1',
      '＝1+1',
      'a,b;c|d،e',
      'say "a"',
      ' spaces ',
      '',
    ];
    const rows = cellsOf(csvLines([hostile, hostile]));
    expect(rows).toHaveLength(2);
    for (const row of rows) {
      expect(row.map(plainText)).toEqual(hostile);
      for (const cell of row) expect(cell).not.toMatch(/^\s*[=+\-@＝＋－＠]/);
    }
  });

  it.each([
    '09121234567',
    '+989121234567',
    '00989121234567',
    '۰۹۱۲۱۲۳۴۵۶۷',
    '12345678901234567890',
    '0012345678',
    '12E5',
    '1e-10',
    '-5',
    '1,234',
    '12.50',
    '50%',
    '3/4',
    '1-2',
    '2026-11-21',
    '10:30',
  ])('what a spreadsheet would take for a number stays a text, letter by letter: %s', (text) => {
    const line = csvLines([[text]]);
    expect(line).toBe(`"=""${text}"""\r\n`);
    expect(cellsOf(line).flat().map(plainText)).toEqual([text]);
  });

  it('leaves numbers, words and moments as they are', () => {
    expect(
      csvLines([[5, -7, 'سلام', '1405/08/30 14:05', '2026-11-21T08:00:00.000Z', '10.0.0.1', '00ff']]),
    ).toBe('5,-7,سلام,1405/08/30 14:05,2026-11-21T08:00:00.000Z,10.0.0.1,00ff\r\n');
  });

  it('whatever stands in the cells, it comes back', () => {
    const unit = fc.constantFrom(...'=+-@\'"\t\r\n,;|، 09۵e/.:%aبﷺ');
    const text = fc.oneof(fc.string({ unit }), fc.string());
    fc.assert(
      fc.property(fc.array(fc.array(text, { minLength: 2, maxLength: 2 }), { minLength: 1 }), (rows) => {
        // What looks like the written form of another text, or like an apostrophe before a formula, is not distinguished.
        fc.pre(rows.flat().every((cell) => plainText(cell) === cell));
        expect(cellsOf(csvLines(rows)).map((row) => row.map(plainText))).toEqual(rows);
      }),
    );
  });
});
