// For tests and benches: servers and programs of a state folder of one's own. From TypeScript, types are in the JSDoc.
export { LOCAL, ROOT, TEST_STATES } from './local.mjs';
export { createDatabases, databaseUrl, ensurePostgres, removePostgres } from './postgres.mjs';
export { ensureRabbit, removeRabbit } from './rabbit.mjs';
export { loginUrl } from './logins.mjs';
export { endLeftovers } from './leftovers.mjs';
export { PROGRAMS, STORING_PROGRAMS, TALKING_PROGRAMS } from '../../programs.mjs';
export { commandEnvironment, entryOf, instancesOf, migrate, seed } from './programs.mjs';
export { launch, logPath } from './processes.mjs';
export { startPrograms } from './supervisor.mjs';
