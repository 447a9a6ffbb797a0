import { DomainError } from '@peyk/contracts';
import type { PlanState } from '@peyk/contracts/billing';

/**
 * - `try`: chosen at sign-up, its price is not paid yet.
 * - `take`: chosen at sign-up, it is free.
 * - `pay`: the plan that was on trial is paid.
 * - `change`: another plan is bought instead, or a first one.
 */
export const planActs = ['try', 'take', 'pay', 'change'] as const;
export type PlanAct = (typeof planActs)[number];

/** Of the plan of one customer; `none`: it never had one. What is not here is refused. */
export const planMoves: Readonly<Record<PlanState | 'none', Readonly<Partial<Record<PlanAct, PlanState>>>>> =
  {
    none: { try: 'trial', take: 'active', change: 'active' },
    trial: { pay: 'active', change: 'active' },
    active: { change: 'active' },
  };

/** @throws plan.alreadyActive */
export function movedPlan(from: PlanState | 'none', act: PlanAct): PlanState {
  const to = planMoves[from][act];
  if (!to) throw new DomainError('plan.alreadyActive');
  return to;
}
