import { lineChangeOf } from './line-change';

const line = {
  customerId: 'a',
  hoursFrom: 8,
  hoursTo: 22,
  active: true,
  shared: false,
  lineClass: 'service' as const,
};

describe('a change of a line', () => {
  it('SMS-208 sends only what differs, and hours together', () => {
    expect(lineChangeOf(line, { ...line })).toEqual({});
    expect(lineChangeOf(line, { ...line, hoursTo: 21 })).toEqual({ hoursFrom: 8, hoursTo: 21 });
    expect(lineChangeOf(line, { ...line, lineClass: 'advertising' })).toEqual({ lineClass: 'advertising' });
    expect(lineChangeOf(line, { ...line, customerId: 'b', active: false, shared: true })).toEqual({
      customerId: 'b',
      active: false,
      shared: true,
    });
  });

  it('SMS-208 leaves a line of the platform with it until a customer is named', () => {
    const ours = { ...line, customerId: null };
    for (const customerId of [null, undefined])
      expect(lineChangeOf(ours, { ...ours, customerId })).toEqual({});
    expect(lineChangeOf(ours, { ...ours, customerId: 'a' })).toEqual({ customerId: 'a' });
  });
});
