import { planStates } from '@peyk/contracts/billing';
import { movedPlan, planActs } from './plan-moves';

describe("a customer's plan", () => {
  const allowed = [
    'none try trial',
    'none take active',
    'none change active',
    'trial pay active',
    'trial change active',
    'active change active',
  ];

  it('BIL-208 takes the allowed moves, and no other', () => {
    const taken: string[] = [];
    for (const from of ['none', ...planStates] as const) {
      for (const act of planActs) {
        try {
          taken.push(`${from} ${act} ${movedPlan(from, act)}`);
        } catch (error) {
          expect(error).toMatchObject({ code: 'plan.alreadyActive' });
        }
      }
    }
    expect(taken.sort()).toEqual(allowed.sort());
  });
});
