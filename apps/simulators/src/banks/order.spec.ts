import { InvalidInput } from '../operator/settings';
import { Order, ORDER_EVENTS, ORDER_STATES, Orders, TRANSITIONS } from './order';
import type { OrderEvent, OrderState } from './order';

const request = (id: string): Order['request'] => ({
  merchant: '1',
  id,
  reference: `Ref${id}`,
  amount: 10_000,
  currency: 'IRR',
  callbackUrl: 'http://localhost/back',
  description: '',
});

/** Shortest way to each state. */
const wayTo: Record<OrderState, OrderEvent[]> = {
  created: [],
  refused: ['refuse'],
  paid: ['pay'],
  verified: ['pay', 'verify'],
  settled: ['pay', 'verify', 'settle'],
  reversed: ['pay', 'reverse'],
};

function orderIn(state: OrderState): Order {
  const order = new Order(request('1'), 0);
  wayTo[state].forEach((event, step) => order.move(event, step + 1));
  return order;
}

describe('TRANSITIONS', () => {
  // Written out again: a wrong table must not agree with itself.
  const allowed = [
    'created pay paid',
    'created refuse refused',
    'paid verify verified',
    'paid reverse reversed',
    'verified settle settled',
    'verified reverse reversed',
  ];
  const moves = ORDER_STATES.flatMap((from) => ORDER_EVENTS.map((event) => [from, event] as const));

  it.each(moves)('BIL-203 of a %s order: %s', (from, event) => {
    const order = orderIn(from);
    const to = allowed.find((move) => move.startsWith(`${from} ${event} `))?.split(' ')[2];
    expect(TRANSITIONS[from][event]).toBe(to);
    expect(order.can(event)).toBe(to !== undefined);
    if (to === undefined) {
      const before = { ...order.at };
      expect(() => order.move(event, 99)).toThrow(InvalidInput);
      expect(order.state).toBe(from);
      expect(order.at).toEqual(before);
      return;
    }
    order.move(event, 99);
    expect(order.state).toBe(to);
    expect(order.at).toMatchObject({ created: 0, [to]: 99 });
  });
});

describe(Orders.name, () => {
  it('finds by id and by reference, letter by letter, and forgets the oldest above its bound', () => {
    const orders = new Orders(2);
    for (const id of ['1', '2', '3']) orders.add(new Order(request(id), 0));
    expect(orders.size).toBe(2);
    expect(orders.find('1')).toBeUndefined();
    expect(orders.find('Ref1')).toBeUndefined();
    expect(orders.find('Ref3')).toBe(orders.find('3'));
    expect(orders.find('ref3')).toBeUndefined();
    expect(orders.all().map((order) => order.request.id)).toEqual(['2', '3']);
  });
});
