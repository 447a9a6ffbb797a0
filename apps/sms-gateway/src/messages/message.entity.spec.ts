import { messageStates } from '@peyk/contracts';
import type { MessageState } from '@peyk/contracts';
import { codesBefore, finalMessageStates, messageTransitions, stateCode } from './message.entity';

const allowed: readonly (readonly [MessageState, MessageState])[] = [
  ['queued', 'sent'],
  ['queued', 'delivered'],
  ['queued', 'undelivered'],
  ['queued', 'failed'],
  ['queued', 'in_doubt'],
  ['queued', 'blocked'],
  ['queued', 'cancelled'],
  ['in_doubt', 'sent'],
  ['in_doubt', 'delivered'],
  ['in_doubt', 'undelivered'],
  ['in_doubt', 'failed'],
  ['in_doubt', 'queued'],
  ['sent', 'delivered'],
  ['sent', 'undelivered'],
  ['sent', 'unreported'],
  ['unreported', 'delivered'],
  ['unreported', 'undelivered'],
];

describe('SMS-203 moves of a message', () => {
  for (const from of messageStates) {
    for (const to of messageStates) {
      const may = allowed.some(([a, b]) => a === from && b === to);
      it(`${from} ${may ? 'may' : 'may not'} become ${to}`, () => {
        expect(messageTransitions[from].includes(to)).toBe(may);
        expect(codesBefore(to).includes(stateCode(from))).toBe(may);
      });
    }
  }

  it('end in final states, which nothing but a late receipt leaves', () => {
    for (const state of finalMessageStates)
      expect(messageTransitions[state]).toEqual(state === 'unreported' ? ['delivered', 'undelivered'] : []);
    for (const state of messageStates)
      if (!finalMessageStates.includes(state)) expect(messageTransitions[state].length).toBeGreaterThan(0);
  });

  it('are stored under codes that must never change', () => {
    expect(messageStates.map(stateCode)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8]);
    expect(messageStates).toEqual([
      'queued',
      'sent',
      'delivered',
      'undelivered',
      'failed',
      'blocked',
      'cancelled',
      'in_doubt',
      'unreported',
    ]);
  });
});
