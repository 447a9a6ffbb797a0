import { correctionStates } from '@peyk/contracts/billing';
import { correctionMoves } from './correction.entity';

describe('a correction', () => {
  it('is decided or expires once, and then stays', () => {
    const allowed = correctionStates.flatMap((from) => correctionMoves[from].map((to) => `${from}>${to}`));
    expect(allowed).toEqual(['awaiting>posted', 'awaiting>refused', 'awaiting>expired']);
  });
});
