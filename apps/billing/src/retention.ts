import type { TableLives } from '@peyk/database';
import { messagingLives } from '@peyk/messaging';

const books = 'the books: never pruned';
const few = 'what administrators set; past ones explain old prices';

/** How long what billing stores lives (docs/retention.md): money is never forgotten. */
export function billingLives(): TableLives {
  return {
    ...messagingLives,
    accounts: { kind: 'kept', rule: books },
    entries: { kind: 'kept', rule: `${books}; by month, so that old months can be moved to slower disks` },
    transfers: { kind: 'kept', rule: books },
    holds: { kind: 'kept', rule: 'what each send was promised and cost: statements name it' },
    topups: { kind: 'kept', rule: 'every try at a bank, paid or not: disputes come late' },
    topup_requests: { kind: 'kept', rule: 'what a reseller was asked for and decided' },
    bank_reports: { kind: 'kept', rule: 'one row a bank and day' },
    banks: { kind: 'bounded', rule: 'one row a bank' },
    corrections: { kind: 'kept', rule: 'changes by hand, with who asked and who agreed' },
    customers: { kind: 'kept', rule: 'one row a customer' },
    customer_plans: { kind: 'kept', rule: 'what was bought' },
    plan_purchases: { kind: 'kept', rule: 'what was bought' },
    plans: { kind: 'bounded', rule: few },
    plan_promotions: { kind: 'bounded', rule: few },
    tariffs: { kind: 'bounded', rule: few },
    reseller_tariffs: { kind: 'bounded', rule: few },
    gift_tier_sets: { kind: 'bounded', rule: few },
    gift_tiers: { kind: 'bounded', rule: few },
    levels: { kind: 'bounded', rule: few },
    level_changes: { kind: 'kept', rule: 'who was of which level when' },
    club_settings: { kind: 'bounded', rule: few },
    club_members: { kind: 'kept', rule: 'one row a member' },
    club_points: { kind: 'kept', rule: 'points are owed as money is' },
    club_rewards: { kind: 'kept', rule: 'what was given for points' },
    resold_sends: { kind: 'kept', rule: 'what resellers earned with each send' },
  };
}
