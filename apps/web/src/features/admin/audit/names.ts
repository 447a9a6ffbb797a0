import fa from './fa.json';

const actions: Readonly<Record<string, string>> = {
  'sign_in.ok': fa.signInOk,
  'sign_in.failed': fa.signInFailed,
  'sign_in.must_set_password': fa.signInMustSet,
  'account.created': fa.accountCreated,
  'account.updated': fa.accountUpdated,
  'account.update_refused': fa.accountUpdateRefused,
  'account.roles_set': fa.accountRolesSet,
  'account.disabled': fa.accountDisabled,
  'account.enabled': fa.accountEnabled,
  'account.signed_out': fa.accountSignedOut,
  'account.unlocked': fa.accountUnlocked,
  'account.username_added': fa.accountUsernameAdded,
  'account.username_removed': fa.accountUsernameRemoved,
  'account.password_issued': fa.accountPasswordIssued,
  'password.changed': fa.passwordChanged,
  'password.change_refused': fa.passwordChangeRefused,
  'password.reset': fa.passwordReset,
  'password.first_set': fa.passwordFirstSet,
  'password.set_by_admin': fa.passwordSetByAdmin,
  'session.ended': fa.sessionEnded,
  'api_key.created': fa.apiKeyCreated,
  'api_key.revoked': fa.apiKeyRevoked,
  'bale.linked': fa.baleLinked,
  'bale.unlinked': fa.baleUnlinked,
  'barcode.read': fa.barcodeRead,
  'import.applied': fa.importApplied,
  'line.changed': fa.lineChanged,
  'correction.requested': fa.correctionRequested,
  'correction.decided': fa.correctionDecided,
};
const fields: Readonly<Record<string, string>> = {
  name: fa.fieldName,
  roles: fa.fieldRoles,
  scopes: fa.fieldScopes,
  mobile: fa.fieldMobile,
  nationalCode: fa.fieldNationalCode,
  email: fa.fieldEmail,
  usernames: fa.fieldUsernames,
  username: fa.fieldUsername,
  kind: fa.fieldKind,
  resellerId: fa.fieldReseller,
  disabled: fa.fieldDisabled,
  method: fa.fieldMethod,
  line: fa.fieldLine,
  customerId: fa.fieldOwner,
  hoursFrom: fa.fieldHoursFrom,
  hoursTo: fa.fieldHoursTo,
  active: fa.fieldActive,
  shared: fa.fieldShared,
  direction: fa.fieldDirection,
  amountRials: fa.fieldAmount,
  state: fa.fieldState,
};

/** Undefined: an action that has no words here yet, shown as it is written. */
export const actionName = (action: string): string | undefined => actions[action];
export const fieldName = (field: string): string | undefined => fields[field];

/** All kinds, and before them whole groups: the server takes the beginning of an action. */
export const actionOptions: readonly { value: string; label: string }[] = [
  { value: 'sign_in.', label: fa.signIns },
  ...Object.entries(actions).map(([value, label]) => ({ value, label })),
];
