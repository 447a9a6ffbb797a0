import * as smpp from 'smpp';
import './smpp-client.fixture';
import { ReceivedParts } from './received-parts';
import { HEADER_BYTES, SubmitSm } from './smpp-pdu';

function part(fields: { from?: string; to?: string; text?: string; reference?: string } = {}): SubmitSm {
  const pdu = new smpp.PDU('submit_sm', {
    source_addr: fields.from ?? '3000',
    destination_addr: fields.to ?? '98912',
    data_coding: 8,
    short_message: Buffer.from(fields.text ?? 'سلام', 'utf16le').swap16(),
    ...(fields.reference === undefined ? {} : { client_reference: Buffer.from(fields.reference) }),
  }).toBuffer();
  const submit = new SubmitSm();
  // Not expect(): some tests make tens of thousands of them.
  if (submit.read(pdu, HEADER_BYTES, pdu.length) !== 0) throw new Error('no submit_sm');
  return submit;
}

describe(ReceivedParts.name, () => {
  it('SMS-202 counts references that were accepted more than once, by account', () => {
    const parts = new ReceivedParts(100_000);
    const [first, second] = [parts.accountIndex('first'), parts.accountIndex('second')];
    for (let i = 0; i < 1_000; i++) parts.append(i, first, 1, i, part({ reference: `m${i}/1` }));
    parts.append(2_000, first, 2, 1_000, part({ reference: 'm7/1' }));
    parts.append(3_000, first, 2, 1_001, part({ reference: 'm7/1' }));
    parts.append(4_000, second, 3, 1_002, part({ reference: 'm8/1' }));
    parts.append(5_000, second, 3, 1_003, part());
    parts.append(5_000, second, 3, 1_004, part());
    expect(parts.duplicates('first')).toMatchObject({
      referenced: 1_002,
      distinct: 1_000,
      duplicated: 1,
      extra: 2,
      sample: [{ reference: 'm7/1' }],
    });
    const origin = performance.timeOrigin;
    expect(parts.duplicates('first').sample[0]?.times.map((time) => Math.round(time - origin))).toEqual([
      7, 2_000, 3_000,
    ]);
    expect(parts.duplicates('second')).toMatchObject({ referenced: 1, duplicated: 0 });
    expect(parts.duplicates()).toMatchObject({ referenced: 1_003, distinct: 1_000, duplicated: 2, extra: 3 });
    expect(parts.duplicates('nobody')).toMatchObject({ referenced: 0, duplicated: 0 });
  });

  it('finds by every filter and pages without gap or repeat', () => {
    const parts = new ReceivedParts(100_000);
    const account = parts.accountIndex('acct');
    for (let i = 0; i < 100; i++) {
      parts.append(
        i * 10,
        account,
        1,
        i,
        part({ from: `30${i % 2}`, to: `98${i % 10}`, reference: `r${i}` }),
      );
    }
    expect(parts.find({ source: '301' }, 0, 10).total).toBe(50);
    expect(parts.find({ source: '301', destination: '982' }, 0, 10).total).toBe(0);
    expect(parts.find({ destination: '983' }, 0, 10).items.map(({ messageId }) => messageId)).toEqual([
      3, 13, 23, 33, 43, 53, 63, 73, 83, 93,
    ]);
    expect(parts.find({ reference: 'r42' }, 0, 10).items).toMatchObject([{ messageId: 42, text: 'سلام' }]);
    const since = performance.timeOrigin + 500;
    expect(parts.find({ since }, 0, 1_000).total).toBe(50);
    expect(parts.find({ until: since }, 0, 1_000).total).toBe(50);
    const pages = [0, 30, 60, 90, 120].flatMap((offset) => parts.find({}, offset, 30).items);
    expect(pages.map(({ messageId }) => messageId)).toEqual(Array.from({ length: 100 }, (_, i) => i));
  });

  it('forgets the oldest past its capacity and says how many', () => {
    const parts = new ReceivedParts(20_000);
    const account = parts.accountIndex('acct');
    const same = part();
    for (let i = 0; i < 70_000; i++) parts.append(i, account, 1, i, same);
    const { total, items } = parts.find({}, 0, 1);
    expect(total).toBeLessThanOrEqual(20_000);
    expect(parts.forgotten + total).toBe(70_000);
    expect(items[0]?.messageId).toBe(parts.forgotten);
    parts.clear();
    expect(parts.find({}, 0, 1)).toEqual({ total: 0, items: [] });
  });

  it('gives equal texts one hash and keeps a bounded number of texts', () => {
    const parts = new ReceivedParts(100_000);
    const account = parts.accountIndex('acct');
    for (let i = 0; i < 20_001; i++) parts.append(i, account, 1, i, part({ text: `متن ${i}` }));
    parts.append(1, account, 1, 1, part({ text: 'متن 5' }));
    const at = (offset: number) => parts.find({}, offset, 1).items[0];
    expect(at(5)?.text).toBe('متن 5');
    expect(at(20_001)).toMatchObject({ text: 'متن 5', textHash: at(5)?.textHash });
    expect(at(20_000)).toMatchObject({ text: null });
    expect(at(20_000)?.textHash).not.toBe(at(5)?.textHash);
  });
});
