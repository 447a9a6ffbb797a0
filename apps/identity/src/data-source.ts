import type { DatabaseOptions } from '@peyk/database';
import { AddInboxAge1790000021000, CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import { Account } from './accounts/account.entity';
import { Username } from './accounts/username.entity';
import { ApiKey } from './api-keys/api-key.entity';
import { AuditEntryRow, AuditLink } from './audit/audit-entry.entity';
import { BaleBotState, BaleChat, BaleLinkToken } from './bale/bale.entities';
import { CodeBudget, OneTimeCode } from './codes/one-time-code.entity';
import type { IdentityConfig } from './config';
import { ContactChange } from './accounts/contact-change.entity';
import { DirectoryEntry } from './imports/directory-entry.entity';
import { ImportChunk } from './imports/import-chunk.entity';
import { ImportErrorRow } from './imports/import-error.entity';
import { Import } from './imports/import.entity';
import { SigningKey } from './keys/signing-key.entity';
import { CreateIdentity1790000002000 } from './migrations/1790000002000-create-identity';
import { AddPeople1790000003000 } from './migrations/1790000003000-add-people';
import { AddStampChanges1790000003500 } from './migrations/1790000003500-add-stamp-changes';
import { AddAudit1790000004000 } from './migrations/1790000004000-add-audit';
import { AddAccountSearch1790000004100 } from './migrations/1790000004100-add-account-search';
import { AddCodes1790000005000 } from './migrations/1790000005000-add-codes';
import { AddCodeNetworks1790000005100 } from './migrations/1790000005100-add-code-networks';
import { AddSignInSafety1790000006000 } from './migrations/1790000006000-add-sign-in-safety';
import { AddImports1790000007000 } from './migrations/1790000007000-add-imports';
import { AddApiKeys1790000008000 } from './migrations/1790000008000-add-api-keys';
import { AddSignUps1790000008100 } from './migrations/1790000008100-add-sign-ups';
import { AddEmailChanges1790000009000 } from './migrations/1790000009000-add-email-changes';
import { SplitCodeBudgets1790000009100 } from './migrations/1790000009100-split-code-budgets';
import { DropSignUpAddresses1790000009200 } from './migrations/1790000009200-drop-sign-up-addresses';
import { AddContactChanges1790000019000 } from './migrations/1790000019000-add-contact-changes';
import { AddOwnMobileChanges1790000019500 } from './migrations/1790000019500-add-own-mobile-changes';
import { FirstPassword } from './passwords/first-password.entity';
import { Session } from './sessions/session.entity';
import { AddressFailures } from './sign-in-safety/address-failures.entity';
import { FailedTries } from './sign-in-safety/failed-tries.entity';
import { KnownDevice } from './sign-in-safety/known-device.entity';
import { SeenWarnings } from './sign-in-safety/seen-warnings.entity';
import { SignIn } from './sign-in-safety/sign-in.entity';

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
      ApiKey,
      AuditEntryRow,
      AuditLink,
      BaleBotState,
      BaleChat,
      BaleLinkToken,
      CodeBudget,
      ContactChange,
      OneTimeCode,
      Session,
      DirectoryEntry,
      Import,
      ImportChunk,
      ImportErrorRow,
      SigningKey,
      FailedTries,
      AddressFailures,
      KnownDevice,
      SignIn,
      SeenWarnings,
      FirstPassword,
    ],
    migrations: [
      CreateMessaging1790000000000,
      AddInboxAge1790000021000,
      CreateIdentity1790000002000,
      AddPeople1790000003000,
      AddStampChanges1790000003500,
      AddAudit1790000004000,
      AddAccountSearch1790000004100,
      AddCodes1790000005000,
      AddCodeNetworks1790000005100,
      AddSignInSafety1790000006000,
      AddImports1790000007000,
      AddApiKeys1790000008000,
      AddSignUps1790000008100,
      AddEmailChanges1790000009000,
      SplitCodeBudgets1790000009100,
      DropSignUpAddresses1790000009200,
      AddContactChanges1790000019000,
      AddOwnMobileChanges1790000019500,
    ],
  };
}
