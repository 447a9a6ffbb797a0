import type { DatabaseOptions } from '@peyk/database';
import { CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import { Account } from './accounts/account.entity';
import { Username } from './accounts/username.entity';
import { AuditEntryRow, AuditLink } from './audit/audit-entry.entity';
import type { IdentityConfig } from './config';
import { SigningKey } from './keys/signing-key.entity';
import { CreateIdentity1790000002000 } from './migrations/1790000002000-create-identity';
import { AddPeople1790000003000 } from './migrations/1790000003000-add-people';
import { AddStampChanges1790000003500 } from './migrations/1790000003500-add-stamp-changes';
import { AddAudit1790000004000 } from './migrations/1790000004000-add-audit';
import { Session } from './sessions/session.entity';
import { FailedTries } from './sign-in/failed-tries.entity';

/** Identity's database: for the program, its commands and its tests. */
export function databaseOptions(
  config: Pick<IdentityConfig, 'databaseUrl' | 'databasePoolMax'>,
): DatabaseOptions {
  return {
    url: config.databaseUrl,
    poolMax: config.databasePoolMax,
    applicationName: 'identity',
    entities: [
      ...messagingEntities,
      Account,
      Username,
      AuditEntryRow,
      AuditLink,
      Session,
      SigningKey,
      FailedTries,
    ],
    migrations: [
      CreateMessaging1790000000000,
      CreateIdentity1790000002000,
      AddPeople1790000003000,
      AddStampChanges1790000003500,
      AddAudit1790000004000,
    ],
  };
}
