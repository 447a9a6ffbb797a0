import fc from 'fast-check';
import { CopyFields } from './upload-content';

const int32 = (value: number): Buffer => {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32BE(value);
  return bytes;
};

/** As PostgreSQL sends one column of bytea. */
function binaryCopy(rows: readonly Uint8Array[]): Buffer {
  const tuples = rows.map((row) => Buffer.concat([Buffer.from([0, 1]), int32(row.length), row]));
  const header = [Buffer.from('PGCOPY\n\xff\r\n\0', 'latin1'), int32(0), int32(0)];
  return Buffer.concat([...header, ...tuples, Buffer.from([0xff, 0xff])]);
}

describe(CopyFields.name, () => {
  it('gives the bytes of all rows, wherever the pieces are cut', () => {
    fc.assert(
      fc.property(
        fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 6 }),
        fc.array(fc.integer({ min: 1, max: 30 }), { minLength: 1 }),
        (rows, cuts) => {
          const stream = binaryCopy(rows);
          const fields = new CopyFields();
          const read: Buffer[] = [];
          for (let at = 0, turn = 0; at < stream.length; turn += 1) {
            const length = cuts[turn % cuts.length] ?? 1;
            read.push(...fields.read(stream.subarray(at, at + length)));
            at += length;
          }
          expect(Buffer.concat(read)).toEqual(Buffer.concat(rows));
          expect(fields.rows).toBe(rows.length);
        },
      ),
    );
  });

  it('gives large pieces as they are, not a copy', () => {
    const stream = binaryCopy([Buffer.alloc(100_000, 7)]);
    const [bytes] = new CopyFields().read(stream);
    expect(bytes?.length).toBe(100_000);
    expect(bytes?.buffer).toBe(stream.buffer);
  });
});
