import { query, Transactions } from '@peyk/database';
import type { DataSource, EntityManager } from 'typeorm';

/** The service works as this role; it cannot sign in itself. One for all databases of a server: rights are each database's. */
export const serviceRole = 'peyk_billing_service';

/** Written by the `ledger_*` functions only. */
export const ledgerTables = ['accounts', 'transfers', 'entries', 'holds'] as const;

/**
 * Makes the role of the service and gives it its rights on what the migrations have made: everything but the ledger's
 * tables (and the list of migrations), which it may only read. Run by `migrate` each time, as the owner of the tables.
 * @returns false where the user may not make roles and nobody has made this one for it: then the service works with all
 * rights of its user, and only the triggers guard the ledger
 */
export function applyRights(dataSource: DataSource): Promise<boolean> {
  return new Transactions(dataSource).run(async (tx) => {
    // Two that migrate at once would change the same rights.
    await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('rights', 0))`);
    const role = await ensureRole(tx);
    // Also before somebody gives the role to the user.
    if (role) for (const statement of rights) await tx.query(statement);
    return role?.granted ?? false;
  });
}

const readOnly = [...ledgerTables, 'migrations'].join(', ');
const rights = [
  `GRANT USAGE ON SCHEMA public TO ${serviceRole}`,
  `REVOKE ALL ON ALL TABLES IN SCHEMA public FROM ${serviceRole}`,
  `GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO ${serviceRole}`,
  `GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO ${serviceRole}`,
  `GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO ${serviceRole}`,
  `REVOKE INSERT, UPDATE, DELETE ON ${readOnly} FROM ${serviceRole}`,
  // Months of entries are read and written through their table; rights of their own would be a way round it.
  `DO $$
  DECLARE
    v_partition regclass;
  BEGIN
    FOR v_partition IN SELECT inhrelid::regclass FROM pg_inherits WHERE inhparent = 'entries'::regclass LOOP
      EXECUTE format('REVOKE ALL ON %s FROM ${serviceRole}', v_partition);
    END LOOP;
  END $$`,
];

async function ensureRole(tx: EntityManager): Promise<{ granted: boolean } | undefined> {
  // Roles belong to the server: somebody migrating another database may make it at this moment.
  await tx.query(`DO $$
  BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = '${serviceRole}') THEN
      CREATE ROLE ${serviceRole} NOLOGIN;
    END IF;
    IF NOT pg_has_role('${serviceRole}', 'SET') THEN
      EXECUTE format('GRANT ${serviceRole} TO %I WITH SET TRUE, INHERIT FALSE', current_user);
    END IF;
  EXCEPTION WHEN duplicate_object OR unique_violation OR insufficient_privilege THEN
    NULL;
  END $$`);
  const [role] = await query<{ granted: boolean }>(
    tx,
    `SELECT pg_has_role(oid, 'SET') AS granted FROM pg_roles WHERE rolname = $1`,
    [serviceRole],
  );
  return role;
}
