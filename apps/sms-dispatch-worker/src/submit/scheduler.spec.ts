import { randomUUID } from 'node:crypto';
import type { DispatchBatchDto } from '@peyk/contracts/sms';
import { HeldBatch } from './held-batch';
import { Scheduler } from './scheduler';
import { submitTemplate } from './submit.template';

function batch(rows: number, fields: Partial<DispatchBatchDto> = {}): HeldBatch {
  const seqs = Array.from({ length: rows }, (_, i) => i + 1);
  return new HeldBatch(
    {
      batchId: randomUUID(),
      sendId: 'send',
      customerId: 'customer',
      linkId: randomUUID(),
      lane: 'bulk',
      source: '982000001',
      text: 'x',
      is66Char: false,
      parts: 1,
      fromIndex: 0,
      seqs,
      msisdns: seqs.map((seq) => 989_120_000_000 + seq),
      ...fields,
    },
    submitTemplate('982000001', 'x', false),
  );
}

function takeAll(scheduler: Scheduler, most = Infinity): string[] {
  const taken: string[] = [];
  for (let next = scheduler.take(); next; next = scheduler.take()) {
    taken.push(`${next.batch.dto.customerId}/${next.batch.dto.sendId}:${next.batch.dto.seqs[next.row] ?? 0}`);
    if (taken.length >= most) break;
  }
  return taken;
}

describe('Scheduler', () => {
  it('keeps the order of rows and batches of a send', () => {
    const scheduler = new Scheduler();
    scheduler.add(batch(2, { seqs: [1, 2] }));
    scheduler.add(batch(2, { seqs: [3, 4] }));
    expect(takeAll(scheduler)).toEqual([1, 2, 3, 4].map((seq) => `customer/send:${seq}`));
    expect(scheduler.peek()).toBeUndefined();
  });

  it('one-time codes before transactional before bulk, also when they come later', () => {
    const scheduler = new Scheduler();
    scheduler.add(batch(3, { sendId: 'bulk' }));
    expect(takeAll(scheduler, 1)).toEqual(['customer/bulk:1']);
    scheduler.add(batch(2, { sendId: 'transactional', lane: 'transactional' }));
    scheduler.add(batch(1, { sendId: 'otp', lane: 'otp' }));
    expect(scheduler.peek()?.dto.sendId).toBe('otp');
    expect(takeAll(scheduler)).toEqual([
      'customer/otp:1',
      'customer/transactional:1',
      'customer/transactional:2',
      'customer/bulk:2',
      'customer/bulk:3',
    ]);
  });

  it('customers take turns, however many sends each has; sends of a customer take turns', () => {
    const scheduler = new Scheduler();
    scheduler.add(batch(4, { customerId: 'a', sendId: '1' }));
    scheduler.add(batch(4, { customerId: 'a', sendId: '2' }));
    scheduler.add(batch(3, { customerId: 'b', sendId: '3' }));
    expect(takeAll(scheduler)).toEqual([
      ...['a/1:1', 'b/3:1', 'a/2:1', 'b/3:2', 'a/1:2', 'b/3:3'],
      ...['a/2:2', 'a/1:3', 'a/2:3', 'a/1:4', 'a/2:4'],
    ]);
  });

  it('a newcomer is served within one turn of the others', () => {
    const scheduler = new Scheduler();
    for (const customerId of ['a', 'b', 'c']) scheduler.add(batch(100, { customerId, sendId: customerId }));
    takeAll(scheduler, 10);
    scheduler.add(batch(1, { customerId: 'new', sendId: 'n' }));
    expect(takeAll(scheduler, 4)).toContain('new/n:1');
  });

  it('peek tells what take takes', () => {
    const scheduler = new Scheduler();
    for (const customerId of ['a', 'b', 'c']) {
      scheduler.add(batch(3, { customerId, sendId: customerId, lane: customerId === 'b' ? 'otp' : 'bulk' }));
    }
    for (let left = 9; left > 0; left -= 1) {
      const expected = scheduler.peek();
      expect(scheduler.take()?.batch).toBe(expected);
    }
    expect(scheduler.take()).toBeUndefined();
  });

  it('forgets a withdrawn send and goes on in turn with the rest', () => {
    const scheduler = new Scheduler();
    const first = batch(5, { customerId: 'a', sendId: '1' });
    scheduler.add(first);
    scheduler.add(batch(2, { customerId: 'a', sendId: '2' }));
    scheduler.add(batch(2, { customerId: 'b', sendId: '3' }));
    takeAll(scheduler, 1);
    scheduler.withdraw('1');
    expect(first.next).toBe(1);
    expect(takeAll(scheduler)).toEqual(['b/3:1', 'a/2:1', 'b/3:2', 'a/2:2']);
    scheduler.add(batch(2));
    scheduler.withdraw();
    expect(scheduler.peek()).toBeUndefined();
  });
});
