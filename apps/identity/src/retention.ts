import type { TableLives } from '@peyk/database';
import { uuidv7LowerBound } from '@peyk/database';
import { messagingLives } from '@peyk/messaging';

const dayMs = 86_400_000;

/** How long what identity stores lives (docs/retention.md), reckoned from now. */
export function identityLives() {
  const older = (column: string, age: string): string => `${column} < now() - interval '${age}'`;
  return {
    ...messagingLives,
    accounts: { kind: 'kept', rule: 'who was here: money, sends and the audit log name them' },
    usernames: { kind: 'with', rule: 'with their account' },
    audit_entries: { kind: 'kept', rule: 'a chain that proves that nothing was taken out of it' },
    audit_links: { kind: 'kept', rule: 'the chain itself' },
    sessions: {
      kind: 'rows',
      rule: '90 days after their end',
      due: older('ended_at', '90 days'),
    },
    sign_ins: {
      kind: 'rows',
      rule: 'a year, as the history that people see',
      due: `id < '${uuidv7LowerBound(new Date(Date.now() - 365 * dayMs))}'`,
    },
    known_devices: {
      kind: 'rows',
      rule: '180 days after they were last seen',
      due: older('last_seen_at', '180 days'),
    },
    seen_warnings: { kind: 'bounded', rule: 'one row an account' },
    failed_tries: { kind: 'rows', rule: 'an hour after the last try', due: older('last_try_at', '1 hour') },
    address_failures: { kind: 'rows', rule: 'an hour', due: older('at', '1 hour') },
    first_passwords: { kind: 'rows', rule: 'until they run out', due: 'expires_at < now()' },
    api_keys: {
      kind: 'rows',
      rule: '90 days after they were revoked',
      due: older('revoked_at', '90 days'),
    },
    one_time_codes: {
      kind: 'rows',
      rule: 'a day after they ran out: they count for the budget of their receiver',
      due: older('expires_at', '1 day'),
    },
    code_budgets: { kind: 'rows', rule: 'a day after the last code', due: older('last_sent_at', '1 day') },
    bale_link_tokens: { kind: 'rows', rule: 'until they run out', due: 'expires_at < now()' },
    bale_chats: { kind: 'with', rule: 'with their account, or when its mobile changes' },
    bale_bots: { kind: 'bounded', rule: 'one row a bot' },
    contact_changes: {
      kind: 'rows',
      rule: '30 days, and until their hold ends',
      due: `${older('changed_at', '30 days')} AND held_until < now()`,
    },
    imports: {
      kind: 'rows',
      rule: 'a year after they ended; given up: a day, checked and not begun: 30 days',
      due: `state IN ('done', 'failed', 'cancelled') AND ${older('touched_at', '365 days')}`,
    },
    import_chunks: { kind: 'with', rule: 'with their import: until it is read' },
    import_errors: { kind: 'with', rule: 'with their import' },
    directory_entries: {
      kind: 'bounded',
      rule: 'by the directories of schools and districts that are imported',
    },
    signing_keys: { kind: 'bounded', rule: 'the present key, the next, and those whose tokens still live' },
  } as const satisfies TableLives;
}
