import {
  ContactStopDto,
  identityAccountsRpc,
  identityBarcodesRpc,
  identityContactsRpc,
  OwnMobileCodesDto,
  OwnMobileDto,
} from '@peyk/contracts/identity';
import { passOn, routeTable } from '../routes/route-table';

/** Accounts of others, for those who manage them (IDN-202, IDN-204, IDN-216, IDN-218), and what a person changes of their own. */
export const accountsRoutes = routeTable('accounts', [
  passOn('PUT', 'me', identityAccountsRpc.updateMe, {
    summary: 'Changes own name and e-mail: what is absent stays (IDN-022). Only where `editable` (IDN-015).',
  }),
  passOn('GET', 'accounts', identityAccountsRpc.list),
  passOn('POST', 'accounts', identityAccountsRpc.create, { status: 201 }),
  passOn('GET', 'accounts/:accountId', identityAccountsRpc.read),
  passOn('PUT', 'accounts/:accountId', identityAccountsRpc.update, {
    summary:
      'Corrects personal data: what is absent stays, null removes; old and new stand in the audit log (IDN-204).',
  }),
  passOn('PUT', 'accounts/:accountId/roles', identityAccountsRpc.setRoles),
  passOn('POST', 'accounts/:accountId/disable', identityAccountsRpc.disable),
  passOn('POST', 'accounts/:accountId/enable', identityAccountsRpc.enable),
  passOn('POST', 'accounts/:accountId/sign-out', identityAccountsRpc.signOut),
  passOn('POST', 'accounts/:accountId/unlock', identityAccountsRpc.unlock),
  passOn('POST', 'accounts/:accountId/issue-password', identityAccountsRpc.issuePassword),
  passOn('POST', 'accounts/:accountId/usernames', identityAccountsRpc.addUsername),
  passOn('DELETE', 'accounts/:accountId/usernames/:username', identityAccountsRpc.removeUsername),
  passOn('GET', 'accounts/:accountId/contact-changes', identityContactsRpc.changes),
  passOn('POST', 'accounts/:accountId/contact-changes/approve', identityContactsRpc.approve),
  passOn('POST', 'me/mobile/codes', identityContactsRpc.requestOwnMobile, {
    inputWithoutClient: OwnMobileCodesDto,
    limit: 'sessions',
  }),
  passOn('PUT', 'me/mobile', identityContactsRpc.changeOwnMobile, {
    inputWithoutClient: OwnMobileDto,
    limit: 'sessions',
  }),
  passOn('POST', 'contact-changes/stop', identityContactsRpc.stop, {
    inputWithoutClient: ContactStopDto,
    ownPage: true,
    limit: 'sessions',
  }),
]);

export const barcodesRoutes = routeTable('barcodes', [
  passOn('GET', 'me/barcode', identityBarcodesRpc.mine),
  passOn('POST', 'barcodes/read', identityBarcodesRpc.read),
]);
