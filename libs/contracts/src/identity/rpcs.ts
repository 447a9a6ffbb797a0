import { rpcsOf } from '../core/define';
import { identityAccessRpc } from './access.rpc';
import { identityAccountsRpc } from './accounts.rpc';
import { identityApiKeysRpc } from './api-keys.rpc';
import { identityAuditRpc } from './audit.rpc';
import { identityBarcodesRpc } from './barcodes.rpc';
import { identityCodesRpc, identityBaleRpc } from './codes.rpc';
import { identityContactsRpc } from './contacts.rpc';
import { identityDeadLettersRpc } from './dead-letters.rpc';
import { identityImportsRpc } from './imports.rpc';
import { identityKeysRpc } from './keys.rpc';
import { identityPasswordsRpc } from './passwords.rpc';
import { identitySessionsRpc, identitySignInsRpc } from './sessions.rpc';
import { identitySignUpsRpc, identityTermsRpc, identityReferralsRpc } from './sign-ups.rpc';

export const identityRpcs = rpcsOf('identity', {
  access: identityAccessRpc,
  accounts: identityAccountsRpc,
  apiKeys: identityApiKeysRpc,
  audit: identityAuditRpc,
  bale: identityBaleRpc,
  barcodes: identityBarcodesRpc,
  codes: identityCodesRpc,
  contacts: identityContactsRpc,
  deadLetters: identityDeadLettersRpc,
  imports: identityImportsRpc,
  keys: identityKeysRpc,
  passwords: identityPasswordsRpc,
  referrals: identityReferralsRpc,
  sessions: identitySessionsRpc,
  signIns: identitySignInsRpc,
  signUps: identitySignUpsRpc,
  terms: identityTermsRpc,
});
