// Made from docs/openapi.json by `npm run gen:web`.
export interface paths {
  '/api/v1/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Signs in (IDN-001). The refresh token comes as an httpOnly cookie for /api/v1/sessions only. After an issued password (IDN-207) there is no session, but a token for POST /api/v1/passwords/first. */
    post: operations['identitySessionsSignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/refresh': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A new access token for the session in the cookie; the cookie is renewed too. */
    post: operations['identitySessionsRefresh'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/current': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Signs out: ends the session in the cookie. Doing it again is no error. */
    delete: operations['identitySessionsSignOut'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The own account (IDN-014). */
    get: operations['identityAccountsMe'];
    /** Changes own name and e-mail: what is absent stays (IDN-022). Only where `editable` (IDN-015). */
    put: operations['identityAccountsUpdateMe'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Accounts, newest first; a reseller's own users (IDN-202, IDN-216). */
    get: operations['identityAccountsList'];
    put?: never;
    /** Makes an account; its first password is the national code and opens nothing but setting an own one (IDN-011). */
    post: operations['identityAccountsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One account. */
    get: operations['identityAccountsRead'];
    /** Corrects personal data: what is absent stays, null removes; old and new stand in the audit log (IDN-204). */
    put: operations['identityAccountsUpdate'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/roles': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Sets all roles and scopes of an account; acts at once in every service (IDN-201, IDN-202). */
    put: operations['identityAccountsSetRoles'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/disable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Closes an account: its sessions end, its tokens are refused at once; doing it again is no error. */
    post: operations['identityAccountsDisable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/enable': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Opens a disabled account again; doing it again is no error. */
    post: operations['identityAccountsEnable'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/sign-out': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends all sessions of an account (IDN-210). */
    post: operations['identityAccountsSignOut'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/unlock': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Forgets the failed sign-in tries at its usernames: the next try has not to wait (IDN-211). */
    post: operations['identityAccountsUnlock'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/issue-password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes the national code the password again; it opens nothing but setting an own one. Its sessions end (IDN-011, IDN-207). */
    post: operations['identityAccountsIssuePassword'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/usernames': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives an account one more username, or that of another account. */
    post: operations['identityAccountsAddUsername'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/usernames/{username}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Takes a username from an account that has another one. */
    delete: operations['identityAccountsRemoveUsername'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/contact-changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Changes by others of where codes go and of what opens an account. */
    get: operations['identityContactsChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/accounts/{accountId}/contact-changes/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Gives all held changes of an account their effect: by a second person, of another role than whoever made them. */
    post: operations['identityContactsApprove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/mobile/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a code to the present mobile of the caller and one to the new; newer ones take their place. */
    post: operations['identityContactsRequestOwnMobile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/mobile': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Changes the own mobile by both codes; the old mobile and the other ways of the account are told, with a link that stops it. */
    put: operations['identityContactsChangeOwnMobile'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/contact-changes/stop': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** The owner refuses a change that somebody else made: it is taken back, and all sessions end. */
    post: operations['identityContactsStop'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/barcode': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The own barcode of today (IDN-018). */
    get: operations['identityBarcodesMine'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/barcodes/read': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Whose barcode was read; each reading is audited (IDN-214). */
    post: operations['identityBarcodesRead'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who did what with accounts and their data, newest first (IDN-221). */
    get: operations['identityAuditList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/audit.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The audit log as CSV, safe from formula injection (IDN-221). */
    get: operations['identityAuditListAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own open sessions with device, address and last use (IDN-210). */
    get: operations['identitySessionsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions/{sessionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Ends one own session; its tokens are refused from then on. Doing it again is no error. */
    delete: operations['identitySessionsEnd'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions/end-others': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends all own sessions but the one that asks. */
    post: operations['identitySessionsEndOthers'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sessions/end-all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Ends all own sessions, the one that asks too; no browser counts as known afterwards. */
    post: operations['identitySessionsEndAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/sign-ins': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tries to sign in to the own account: when, how, from where (IDN-211). */
    get: operations['identitySignInsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/warnings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Security warnings for the dashboard (IDN-207, IDN-211). */
    get: operations['identityAccountsWarnings'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/warnings/seen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Puts the security warnings away that are there now; `default_password` stays. */
    post: operations['identityAccountsSeeWarnings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a one-time code to where the account is registered: Bale, or SMS where that fails (IDN-002, IDN-003). One answer, after the same time, whether or not there is such an account. */
    post: operations['identityCodesRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sessions/by-code': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Signs in by a one-time code (IDN-002); answers and cookies are those of a sign-in by password. */
    post: operations['identityCodesSignIn'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/bale': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether a Bale chat is linked to the account of the caller. */
    get: operations['identityBaleStatus'];
    put?: never;
    post?: never;
    /** Unlinks the caller's Bale chat; doing it again is no error. */
    delete: operations['identityBaleUnlink'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/bale/link': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Begins to link a Bale chat to the caller's account (IDN-206); it is linked when its contact proves to be the registered mobile. */
    post: operations['identityBaleLink'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/passwords/first': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sets an own password in place of an issued one and opens the session (IDN-207). The token serves once. */
    post: operations['identityPasswordsSetFirst'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/passwords/reset': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sets a password by a one-time code (IDN-209), also while wrong passwords make others wait; all sessions end. A code is not used up by a password that is too weak. */
    post: operations['identityPasswordsReset'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/me/password': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Changes the own password (IDN-017, IDN-023, IDN-208): other sessions end, this one goes on with new tokens. */
    post: operations['identityPasswordsChange'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's API keys, without their secrets. */
    get: operations['identityApiKeysList'];
    put?: never;
    /** Makes an API key for a program of the caller and shows it once (SMT-214). */
    post: operations['identityApiKeysCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/api-keys/{keyId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Revokes an own API key; it and every token made for it are refused at once. Doing it again is no error. */
    delete: operations['identityApiKeysRevoke'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-ups/checks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuses what a sign-up would be refused for, before a code is asked for; keeps nothing. Whether an e-mail is taken is not said here. */
    post: operations['identitySignUpsCheck'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-ups/codes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends a code to the mobile that signs up (IDN-215), once all the rest is right; one answer whether or not it has an account already. */
    post: operations['identitySignUpsRequestCode'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-ups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Makes the account and signs it in, as POST /api/v1/sessions does. Nothing is made, and the code stays good, when anything is refused. */
    post: operations['identitySignUpsComplete'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sign-ups/available': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Whether a username can be had. */
    get: operations['identitySignUpsAvailable'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/terms': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The terms in force (IDN-032). */
    get: operations['identityTermsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/referrals': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's referral code and how many it brought (IDN-217). */
    get: operations['identityReferralsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Plans to choose from at sign-up, with the discounts of now (BIL-020, BIL-022). */
    get: operations['billingPlansList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/own': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's plan, if it has one. */
    get: operations['billingPlansOwn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/purchases': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Pays for a plan from the own wallet, at the discounted price of the moment; sets the plan's level. */
    post: operations['billingPlansBuy'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Every plan, also those that can no longer be chosen (BIL-208). */
    get: operations['billingPlansListAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plans/{planCode}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Makes a plan, changes it, or takes it off the list (BIL-208). */
    put: operations['billingPlansSave'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plan-promotions': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Discounts on plans: coming, running and past ones (BIL-208). */
    get: operations['billingPromotionsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plan-promotions/{promotionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Makes a promotion, or changes one that is not over (BIL-208). */
    put: operations['billingPromotionsSave'];
    post?: never;
    /** Ends a promotion now, or before it has begun. */
    delete: operations['billingPromotionsEnd'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tariffs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The public tariff list: level `standard` (BIL-021). */
    get: operations['billingTariffsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tariffs/own': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the caller pays for a part now: by its level, or what its reseller has set (BIL-009). */
    get: operations['billingTariffsOwn'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tariffs/schedule': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tariffs of all levels: past, current and announced ones (BIL-205). */
    get: operations['billingTariffsSchedule'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/tariffs/schedule/{tariffId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Adds a tariff from now or a later moment on; running sends keep the price that they were quoted. */
    put: operations['billingTariffsAdd'];
    post?: never;
    /** Takes back a tariff that is not valid yet. */
    delete: operations['billingTariffsWithdraw'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/levels': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Levels of customers (BIL-205). */
    get: operations['billingLevelsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/levels/{level}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Makes a level, or names it anew. */
    put: operations['billingLevelsSave'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/levels/customers/{customerId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Sets the level of a customer; kept in its history with who did it and why. */
    put: operations['billingLevelsSet'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/levels/customers/{customerId}/changes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How the level of a customer came about. */
    get: operations['billingLevelsChanges'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/gifts/quote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Gift and final charge of a top-up, as its amount is typed (BIL-004, BIL-007). */
    get: operations['billingGiftsQuote'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/gifts/tiers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The tier table: discount a message by amount of the top-up (BIL-005). */
    get: operations['billingTiersList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/gifts/tier-sets': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Tier tables: past, current and announced ones. */
    get: operations['billingTiersSets'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/gifts/tier-sets/{tierSetId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Replaces the whole tier table from now or a later moment on (BIL-206). */
    put: operations['billingTiersReplace'];
    post?: never;
    /** Takes back a tier table that is not valid yet. */
    delete: operations['billingTiersWithdraw'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A wallet's posted, held and available credit. */
    get: operations['billingWalletsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet/statement': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Ledger entries with the running balance, by period and kind, the newest first (BIL-013, BIL-213). */
    get: operations['billingWalletsStatement'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet/statement/summary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Opening and closing balance of a period, and what each kind of entry changed (BIL-213). */
    get: operations['billingWalletsSummary'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet/statement.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The statement as CSV, safe from formula injection (BIL-213). */
    get: operations['billingWalletsStatementAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet/statement.pdf': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The statement of a period as PDF, at most 5000 rows (BIL-213). */
    get: operations['billingWalletsStatementAsPdf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/wallet/alert': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Below which available credit the owner is warned (event billing.credit.low, once per crossing). */
    put: operations['billingWalletsSetAlert'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/corrections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Corrections, the newest first. */
    get: operations['billingCorrectionsList'];
    put?: never;
    /** Asks for a correction of a wallet; another administrator decides within 72 hours. */
    post: operations['billingCorrectionsRequest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/corrections/{correctionId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One correction. */
    get: operations['billingCorrectionsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/corrections/{correctionId}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Posts a correction that another administrator asked for; never below zero. */
    post: operations['billingCorrectionsApprove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/corrections/{correctionId}/refuse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuses a correction that another administrator asked for. */
    post: operations['billingCorrectionsRefuse'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/users': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** A reseller's own users, or for an administrator all customers, with their credit and their use in a period (BIL-210). */
    get: operations['billingUsersList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/users/{customerId}/transfers': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Moves credit from the calling reseller to one of its users, once per key (BIL-209). */
    post: operations['billingUsersTransfer'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/tariffs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the users of the calling reseller pay, beside what it pays itself (BIL-009). */
    get: operations['billingResellerTariffsList'];
    /** Sets what users of the calling reseller pay from now or a later moment on. */
    put: operations['billingResellerTariffsSet'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/topup-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Requests of the calling reseller's users; for an administrator all (SMT-215). */
    get: operations['billingTopupRequestsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/topup-requests/{requestId}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Moves the credit from the calling reseller to the user, once. */
    post: operations['billingTopupRequestsApprove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/reseller/topup-requests/{requestId}/refuse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuses a request with a reason. */
    post: operations['billingTopupRequestsRefuse'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topup-requests': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own requests for credit. */
    get: operations['billingTopupRequestsMine'];
    put?: never;
    /** Asks the own reseller for credit; one request is open at a time (BIL-209). */
    post: operations['billingTopupRequestsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topup-requests/{requestId}/withdraw': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes back an own request that is open. */
    post: operations['billingTopupRequestsWithdraw'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/club': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own points, introduced users, status and rewards (BIL-017). */
    get: operations['billingClubRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/club/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rules of the calling reseller's club; for an administrator those for direct customers (BIL-018). */
    get: operations['billingClubSettingsRead'];
    /** Sets them. Rewards that wait already keep their terms (BIL-211). */
    put: operations['billingClubSettingsSave'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/club/rewards': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rewards of the calling reseller's club; for an administrator those of direct customers. */
    get: operations['billingClubRewardsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/club/rewards/{rewardId}/approve': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Moves the credit to the customer at once and lowers its points, once (BIL-019, BIL-212). */
    post: operations['billingClubRewardsApprove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/club/rewards/{rewardId}/refuse': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Refuses a reward with a reason: the points stay, and the next reward takes as many new ones. */
    post: operations['billingClubRewardsRefuse'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own top-ups; an administrator sees all. */
    get: operations['billingTopupsList'];
    put?: never;
    /** Begins a top-up: asks the bank for a payment and answers the page to pay at (BIL-001, BIL-010). `failed`: the bank refused. */
    post: operations['billingTopupsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topups/{topupId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One top-up. */
    get: operations['billingTopupsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topups/{topupId}/receipt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Receipt of a credited top-up with its reference number (BIL-214). */
    get: operations['billingTopupsReceipt'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topups/{topupId}/receipt.pdf': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Receipt of a credited top-up as PDF, one page (BIL-214). */
    get: operations['billingTopupsReceiptAsPdf'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/topups/{topupId}/check': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Asks the bank once more about a payment whose outcome is not known. */
    post: operations['billingTopupsCheck'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/banks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Banks to pay with (BIL-003); an administrator sees those that are off too. */
    get: operations['billingBanksList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/banks/{bank}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Turns a bank on or off for new top-ups. */
    put: operations['billingBanksSwitch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/bank-reports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Daily reconciliation of top-ups with the banks. */
    get: operations['billingBankReportsList'];
    put?: never;
    /** Makes the reconciliation of a day anew, now. */
    post: operations['billingBankReportsRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/payments/{topupId}/outcome': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The top-up for the result page. */
    get: operations['billingTopupsOutcome'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/activity': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own activity by day and of today by hour (WEB-024). */
    get: operations['smsActivityRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/contact': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Telephone, e-mail, address and hours of the support, for the public pages and for who is told to ask there. */
    get: operations['gatewaySiteContactRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/opt-outs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Who wants no advertising of the caller's: by texts to own lines, and noted by the caller (SMS-206). */
    get: operations['smsOptOutsList'];
    put?: never;
    /** Notes up to 1,000 numbers that get no advertising of the caller any more; each is answered. Kept in the audit log. */
    post: operations['smsOptOutsAdd'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/opt-outs.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The caller's opt-outs as CSV, safe from formula injection. */
    get: operations['smsOptOutsListAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/opt-outs/{optOutId}/remove': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes an own opt-out back; where the subscriber asked for it by a text, with the consent of the subscriber only. Kept in the audit log. */
    post: operations['smsOptOutsRemove'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-opt-outs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Opt-outs of all customers and those of the whole platform, for administrators. */
    get: operations['smsOptOutsListAll'];
    put?: never;
    /** Notes up to 1,000 numbers that get no advertising of anybody any more. Kept in the audit log. */
    post: operations['smsOptOutsAddForAll'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-opt-outs.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Opt-outs of all customers and of the platform as CSV, safe from formula injection. */
    get: operations['smsOptOutsListAllAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-opt-outs/{optOutId}/remove': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes back anybody's opt-out, by the same rule as its owner. Kept in the audit log. */
    post: operations['smsOptOutsRemoveAny'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own sender lines (SMS-208). */
    get: operations['smsLinesList'];
    put?: never;
    /** Makes a line, or takes a retired one of that number into use again (SMS-208); the audit log keeps it. */
    post: operations['smsLinesCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lines/{lineId}/secretary': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Sets or removes the answer to received messages on an own line (SMS-020). */
    put: operations['smsLinesSetSecretary'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages received on own lines (SMS-019). */
    get: operations['smsInboxList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox/threads': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own inbox by line and number (SMS-019). */
    get: operations['smsInboxThreads'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox/threads/{threadId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What one number wrote to one own line, and what its secretary answered (SMS-019, SMS-020). */
    get: operations['smsInboxThread'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox/threads/{threadId}/seen': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Marks messages of an own thread as seen; doing it again, or for an earlier one, changes nothing. */
    post: operations['smsInboxSeen'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox/unlined': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Received messages to numbers that no line of their link has: kept for 180 days, for administrators (SMS-210). */
    get: operations['smsInboxUnlined'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/inbox/unread': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How much of the own inbox is not seen yet. */
    get: operations['smsInboxUnread'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lines/all': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lines of all customers (SMS-208). */
    get: operations['smsLinesListAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/line-classes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What holds for all lines of a class: the words that opt out of them (SMS-212). */
    get: operations['smsLineClassesList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lines/{lineId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Gives a line to a customer, sets its hours, switches it (SMS-208); the audit log keeps it. */
    put: operations['smsLinesChange'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/doubts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages in doubt of all customers, to be settled by an administrator (guarantee 2). */
    get: operations['smsMessagesDoubts'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/links/{linkId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One link as it runs: pace against contract, binds and their workers, throttling and refusals. */
    get: operations['smsLinksRead'];
    /** Changes a link within a second: with another address or account its binds answer what is on its way, unbind and bind anew. The audit log keeps it, but no password. */
    put: operations['smsLinksChange'];
    post?: never;
    /** Deletes a link that never had a line; another is switched off. The audit log keeps it. */
    delete: operations['smsLinksDelete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/links': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Operator links with binds, pace and backlog, for administrators. */
    get: operations['smsLinksList'];
    put?: never;
    /** Makes a link to an operator, switched off unless told; the audit log keeps it. */
    post: operations['smsLinksCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/links/{linkId}/test': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** A worker connects with what is stored, binds, asks with enquire_link and unbinds. It counts as one more bind at the operator; one test a link at a time. */
    post: operations['smsLinksTest'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/lines/{lineId}/retire': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Takes a line out of use: its owner sees it no more, what it sent and received stays. Refused while sends of it are open. */
    post: operations['smsLinesRetire'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/line-pool': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Lines that wait for customers who sign up (IDN-215). */
    get: operations['smsLinePoolList'];
    put?: never;
    /** Puts a line into the pool, also a retired one; the audit log keeps it. */
    post: operations['smsLinePoolAdd'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/line-pool/{pooledId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /** Takes a line out of the pool; the audit log keeps it. */
    delete: operations['smsLinePoolRemove'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-sends': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Sends of all customers, the newest first. */
    get: operations['smsSendsListAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-sends/{sendId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One send of any customer, and whose it is; of a one-time code the text is left out. That it was opened stands in the audit log. Its messages are read as those of an own send. */
    get: operations['smsSendsReadOfAll'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/all-sends/{sendId}/intervene': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Pauses, resumes or cancels the send of a customer; the audit log keeps who and why. */
    post: operations['smsSendsIntervene'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own templates, newest first; what the send page inserts texts from (SMS-010, SMS-023). */
    get: operations['smsTemplatesList'];
    put?: never;
    /** Keeps a text that is sent often (SMS-021, SMS-022). */
    post: operations['smsTemplatesCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/templates/{templateId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One own template with its length (SMS-023). */
    get: operations['smsTemplatesRead'];
    /** Replaces title, text and group of an own template (SMS-023); accepted sends keep their text. */
    put: operations['smsTemplatesUpdate'];
    post?: never;
    /** Deletes an own template (SMS-023). */
    delete: operations['smsTemplatesDelete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/template-groups': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own groups of templates and how many each has (SMS-024). */
    get: operations['smsTemplateGroupsList'];
    put?: never;
    /** Makes a group of templates (SMS-024). */
    post: operations['smsTemplateGroupsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/template-groups/{groupId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /** Renames an own group (SMS-024). */
    put: operations['smsTemplateGroupsRename'];
    post?: never;
    /** Deletes an own group; its templates stay, in no group (SMS-024). */
    delete: operations['smsTemplateGroupsDelete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/recipient-lists/file': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Uploads a recipient file (SMS-215). It is read in the background: poll the list until `ready` or `refused`. */
    post: operations['targetingUploadsFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/recipient-lists': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own file lists, newest first. */
    get: operations['targetingListsList'];
    put?: never;
    /** Makes one list out of several sources (TGT-206), each number once; put together in the background: read it until `ready`. The same sources give the same list back. */
    post: operations['targetingListsCombine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/recipient-lists/{listId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One own list with its counts, also while it is being read. */
    get: operations['targetingListsRead'];
    put?: never;
    post?: never;
    /** Deletes an own list for good: its recipients go in the background, its name and counts stay for the reports of sends. Not while a send that has not ended uses it: `list.inUse` names up to ten of them in `details.sends`. Repeated, it changes nothing. */
    delete: operations['targetingListsDelete'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/recipient-lists/{listId}/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rows of a file or typed numbers that were not usable, in row order; a combined list has none. */
    get: operations['targetingListsErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/recipient-lists/{listId}/errors.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All rows that were not usable, as CSV with Persian headings (SMS-215). */
    get: operations['targetingListsErrorsAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{kind}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Uploads a file of people or basic data (IDN-203). It is checked in the background and changes nothing: poll the import until `checked` or `failed`, then apply it. */
    post: operations['identityImportsFile'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All imports, newest first. */
    get: operations['identityImportsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{importId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One import with its progress and counts. */
    get: operations['identityImportsRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{importId}/apply': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Writes what was checked, in the background, 1,000 rows at a time; rows with faults are left out. */
    post: operations['identityImportsApply'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{importId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Stops an import and forgets its file; what was written before stays. */
    post: operations['identityImportsCancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{importId}/errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Rows that are left out and why, in row order; the first 10,000 faults. */
    get: operations['identityImportsErrors'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/imports/{importId}/errors.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** All rows that are left out, as CSV with Persian headings (IDN-203). */
    get: operations['identityImportsErrorsAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/quote': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Recipients, parts and price before sending (SMS-005, SMS-008, SMS-213). */
    post: operations['smsSendsQuote'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Own sends, the newest first unless told (SMS-012, SMS-013, SMS-017). */
    get: operations['smsSendsList'];
    put?: never;
    /** Accepts a send: prices it, holds the credit, stores it. What is accepted is not lost. */
    post: operations['smsSendsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One own send with its counts and money. */
    get: operations['smsSendsRead'];
    /** Changes text, title, recipients or time of a send that has not begun; the same change again changes nothing more (SMS-207). */
    put: operations['smsSendsChange'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** No further message leaves within two seconds; one before its time waits until it is resumed. Pausing a paused send changes nothing. */
    post: operations['smsSendsPause'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Goes on exactly where it stopped; one before its time waits for it again. */
    post: operations['smsSendsResume'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** What has not left is cancelled and its credit released; of a repeated send also the further occurrences. */
    post: operations['smsSendsCancel'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/recipients': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** To whom an own send goes, also before its time; what was left out of its list says `targeting.lists.errors`. Of a list that was deleted since nobody is known; messages stay. */
    get: operations['smsSendsRecipients'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/messages': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages of one own send (SMS-016, SMS-017). */
    get: operations['smsMessagesList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/messages/{position}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** One message of an own send, its parts, and what happened to it in order (SMS-016). */
    get: operations['smsMessagesRead'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/breakdown': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Messages of one own send by state, operator and hour, for the charts of its report (SMS-015). */
    get: operations['smsSendsBreakdown'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/report.csv': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The whole report of a send as CSV, safe from formula injection (SMS-214, SMS-215). */
    get: operations['smsMessagesReportAsCsv'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/progress': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** Live progress of a send until it is final and settled. */
    get: operations['smsSendsReadAsEvents'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/sends/{sendId}/settle-doubt': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** An administrator settles messages in doubt (guarantee 2). */
    post: operations['smsMessagesSettleDoubt'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** How many messages between programs died, by queue. */
    get: operations['gatewayDeadLettersCount'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead-letters/{queue}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** The oldest dead letters of a queue; they stay there. */
    get: operations['gatewayDeadLettersList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/dead-letters/{queue}/redrive': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Sends dead letters to their queue again as if for the first time; logged with who did it. */
    post: operations['gatewayDeadLettersRedrive'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/client-errors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /** Writes an error of the panel into the log of the gateway, with and without a session. */
    post: operations['gatewayClientErrorsReport'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/platform-warnings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /** What the gateway sees to be set up wrongly, of the replica that answers and the last day. */
    get: operations['gatewayPlatformWarningsList'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    AccountCreateDto: {
      /**
       * @description Full name
       * @example زهرا احمدی
       */
      name: string;
      /** @description Usernames, at least one */
      usernames: components['schemas']['UsernameDto'][];
      /** @description Roles with their scopes, at least one; a reseller gives `sms_customer` only */
      grants: components['schemas']['RoleGrantDto'][];
      /** @description National code, any digit form. With it the issued password is set (IDN-011). Customers and resellers need it; others it or a mobile */
      nationalCode?: string | null;
      /** @description Mobile in any writing, to which codes go. Customers and resellers need it */
      mobile?: string | null;
      /** @description E-mail */
      email?: string | null;
      /**
       * Format: uuid
       * @description Reseller that it belongs to; a reseller's own users always belong to it
       */
      resellerId?: string | null;
    };
    AccountDetailsDto: {
      /**
       * Format: uuid
       * @description Account id
       */
      id: string;
      /** @description Full name */
      name: string;
      /** @description Usernames */
      usernames: components['schemas']['UsernameDto'][];
      /** @description Roles with their scopes */
      grants: components['schemas']['RoleGrantDto'][];
      /** @description It may not be used */
      disabled: boolean;
      /** @description National code, masked: `001*****78` */
      nationalCode: string | null;
      /** @description Mobile, masked: `0912***4567` */
      mobile: string | null;
      /**
       * Format: uuid
       * @description Reseller that it belongs to; null: the site itself
       */
      resellerId: string | null;
      /** @description A customer or reseller who lacks what the entry needs: a mobile, or without an own password a national code */
      incomplete: boolean;
      /**
       * Format: date-time
       * @description Created at
       */
      createdAt: string;
      /** @description E-mail */
      email: string | null;
      /** @description Reseller that it belongs to */
      reseller: components['schemas']['ResellerDto'] | null;
      /**
       * @description `none`: no password opens it; `issued`: given by somebody else, opens nothing but setting an `own` one
       * @enum {string}
       */
      password: 'none' | 'issued' | 'own';
      /**
       * Format: date-time
       * @description When the mobile was changed last; null: never
       */
      mobileChangedAt: string | null;
      /**
       * Format: date-time
       * @description When anything was changed last
       */
      updatedAt: string;
    };
    AccountDto: {
      /**
       * Format: uuid
       * @description Account id
       */
      id: string;
      /** @description Username */
      username: string;
      /** @description Full name */
      name: string;
      /** @description Roles */
      roles: (
        | 'student'
        | 'school_manager'
        | 'professor'
        | 'district_expert'
        | 'support_agent'
        | 'helpdesk_supervisor'
        | 'sms_customer'
        | 'reseller'
        | 'portal_user'
        | 'office_user'
        | 'admin'
      )[];
    };
    AccountRolesBodyDto: {
      /** @description All roles that it shall have from now on, with their scopes; at least one */
      grants: components['schemas']['RoleGrantDto'][];
    };
    AccountSummaryDto: {
      /**
       * Format: uuid
       * @description Account id
       */
      id: string;
      /** @description Full name */
      name: string;
      /** @description Usernames */
      usernames: components['schemas']['UsernameDto'][];
      /** @description Roles with their scopes */
      grants: components['schemas']['RoleGrantDto'][];
      /** @description It may not be used */
      disabled: boolean;
      /** @description National code, masked: `001*****78` */
      nationalCode: string | null;
      /** @description Mobile, masked: `0912***4567` */
      mobile: string | null;
      /**
       * Format: uuid
       * @description Reseller that it belongs to; null: the site itself
       */
      resellerId: string | null;
      /** @description A customer or reseller who lacks what the entry needs: a mobile, or without an own password a national code */
      incomplete: boolean;
      /**
       * Format: date-time
       * @description Created at
       */
      createdAt: string;
    };
    AccountUpdateBodyDto: {
      /** @description Full name */
      name?: string;
      /** @description National code, any digit form */
      nationalCode?: string | null;
      /** @description Mobile in any writing */
      mobile?: string | null;
      /** @description E-mail */
      email?: string | null;
      /**
       * Format: uuid
       * @description Reseller (admin only)
       */
      resellerId?: string | null;
      /** @description Why, for the audit log, such as the ticket that asked for it; a support agent must say (IDN-204) */
      reason?: string;
    };
    AccountsDto: {
      /** @description Newest first */
      accounts: components['schemas']['AccountSummaryDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    ActivityDayDto: {
      /** @description Sends that were accepted */
      sends: number;
      /** @description Recipients of those sends */
      messages: number;
      /** @description Messages that the operator took */
      sent: number;
      /** @description Parts that were charged */
      parts: number;
      /** @description Messages reported delivered */
      delivered: number;
      /** @description Messages reported undelivered */
      undelivered: number;
      /** @description Messages that the operator refused */
      failed: number;
      /** @description Messages received on own lines */
      received: number;
      /** @description Charged, Rial */
      chargedRials: number;
      /** @description Paid back, Rial; may be for what was charged on an earlier day */
      refundedRials: number;
      /**
       * Format: date-time
       * @description Beginning of the day, 00:00 Asia/Tehran
       */
      startsAt: string;
    };
    ActivityDto: {
      /** @description Oldest first, the last one is today; days without anything are there too */
      days: components['schemas']['ActivityDayDto'][];
      /** @description Today, the same as the last of `days` */
      today: components['schemas']['ActivityDayDto'];
      /** @description Today's 24 hours, also those to come */
      hours: components['schemas']['ActivityHourDto'][];
    };
    ActivityHourDto: {
      /** @description Sends that were accepted */
      sends: number;
      /** @description Recipients of those sends */
      messages: number;
      /** @description Messages that the operator took */
      sent: number;
      /** @description Parts that were charged */
      parts: number;
      /** @description Messages reported delivered */
      delivered: number;
      /** @description Messages reported undelivered */
      undelivered: number;
      /** @description Messages that the operator refused */
      failed: number;
      /** @description Messages received on own lines */
      received: number;
      /** @description Charged, Rial */
      chargedRials: number;
      /** @description Paid back, Rial; may be for what was charged on an earlier day */
      refundedRials: number;
      /** @description Hour of the day, Asia/Tehran */
      hour: number;
    };
    AdminLineDto: {
      /**
       * Format: uuid
       * @description Line id
       */
      id: string;
      /** @description Sender number as the recipient sees it */
      number: string;
      /**
       * @description Class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /** @description First hour of sending, Asia/Tehran; with `hoursTo` 24 and 0 there is no limit */
      hoursFrom: number;
      /** @description Hour at which sending stops, Asia/Tehran */
      hoursTo: number;
      /** @description Counts 66 instead of 67 letters in a part of a long Persian text */
      is66Char: boolean;
      /**
       * @description What is charged
       * @enum {string}
       */
      refundPolicy: 'submitted' | 'delivered';
      /** @description Usable */
      active: boolean;
      /** @description What the secretary answers to received messages (SMS-020) */
      secretaryText?: string | null;
      /** @description Also of other customers, for who has no line of its own; received messages do not come to them */
      shared?: boolean;
      /**
       * Format: uuid
       * @description Owner: account id of the customer; null: the platform itself, which is no account
       */
      customerId: string | null;
      /**
       * Format: uuid
       * @description Link id
       */
      linkId: string;
      /** @description Name of the link */
      link: string;
      /**
       * Format: date-time
       * @description Retired at: nobody sends with it any more, until it is made or pooled anew; null: in use
       */
      retiredAt: string | null;
    };
    AdminLinesDto: {
      /** @description By number */
      lines: components['schemas']['AdminLineDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    AdminOptOutDto: {
      /**
       * Format: uuid
       * @description Opt-out id
       */
      id: string;
      /** @description Number, 98... */
      number: string;
      /**
       * @description Whose advertising does not reach it
       * @enum {string}
       */
      reach: 'line' | 'customer' | 'platform';
      /** @description Number of the line; of `line` only */
      line?: string;
      /**
       * @description How it came
       * @enum {string}
       */
      source: 'message' | 'panel' | 'api' | 'admin';
      /**
       * Format: date-time
       * @description Since when
       */
      since: string;
      /**
       * Format: uuid
       * @description Account that noted it; null: the subscriber, by a text
       */
      by: string | null;
      /** @description What whoever noted it said */
      note: string | null;
      /**
       * Format: uuid
       * @description Customer, or owner of the line; null: the platform
       */
      customerId: string | null;
    };
    AdminOptOutsDto: {
      /** @description Newest first */
      optOuts: components['schemas']['AdminOptOutDto'][];
      /** @description How many there are over all pages; 100,000 stands for more */
      total: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    AdminSendDto: {
      /**
       * Format: uuid
       * @description Send id
       */
      id: string;
      /** @description Title */
      title: string;
      /**
       * @description State
       * @enum {string}
       */
      state:
        | 'scheduled'
        | 'suspended'
        | 'placing'
        | 'queued'
        | 'sending'
        | 'paused'
        | 'cancelling'
        | 'cancelled'
        | 'finished'
        | 'refused'
        | 'missed';
      /** @description Error code when refused or missed */
      refusal?: string | null;
      /**
       * @description One recipient or more (SMS-217)
       * @enum {string}
       */
      kind: 'single' | 'group';
      /**
       * @description Lane
       * @enum {string}
       */
      lane: 'otp' | 'transactional' | 'bulk';
      /** @description Sender line */
      line: components['schemas']['LineDto'];
      /** @description Text */
      text: string;
      /** @description Parts of one message */
      parts: number;
      /** @description Recipients */
      recipients: number;
      /**
       * Format: uuid
       * @description The recipient list that it goes to; lists stay as they are
       */
      listId: string;
      /** @description Position in the list of its first recipient, from 1 */
      row: number;
      /** @description Messages by state */
      counts: components['schemas']['SendCountsDto'];
      /** @description Money */
      money: components['schemas']['SendMoneyDto'];
      /** @description Parts a second that left in the last seconds */
      partsPerSecond: number;
      /**
       * Format: date-time
       * @description Accepted at
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Planned for
       */
      sendAt?: string | null;
      /** @description Repetition */
      repeat?: components['schemas']['RepeatDto'] | null;
      /** @description Which occurrence of its repetition this is, from 1 */
      repeatNo?: number;
      /**
       * Format: uuid
       * @description The repeated send that this one is an occurrence of
       */
      repeatOf?: string | null;
      /**
       * Format: date-time
       * @description Waits for the line's sending hours until
       */
      waitsUntil?: string | null;
      /**
       * Format: date-time
       * @description First message left at
       */
      startedAt?: string | null;
      /**
       * Format: date-time
       * @description Last message left the queue at
       */
      finishedAt?: string | null;
      /**
       * Format: date-time
       * @description Its single messages are too old to be kept and were removed then: no message, breakdown or report of it is answered any more. Absent: they are there
       */
      messagesRemovedAt?: string;
      /**
       * Format: uuid
       * @description Owner's account id; null: the platform itself, which is no account
       */
      customerId: string | null;
    };
    AdminSendsDto: {
      /** @description Newest first; of one-time codes the text is left out */
      sends: components['schemas']['AdminSendDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    AllPlansDto: {
      /** @description Also those that were taken off the list, the cheapest first */
      plans: components['schemas']['PlanAdminDto'][];
    };
    ApiKeyDraftDto: {
      /** @description What it is for, for people */
      name: string;
      /** @description What it may do, at least one */
      scopes: ('sms.send' | 'sms.read' | 'lists.write' | 'wallet.read')[];
      /**
       * @description Addresses or networks (CIDR, IPv4 or IPv6) that it is accepted from; none: from everywhere
       * @example [
       *       "203.0.113.7",
       *       "2001:db8::/48"
       *     ]
       */
      addresses?: string[];
      /** @description Requests a minute of each replica of the gateway; absent: what the account may */
      ratePerMinute?: number;
      /**
       * Format: date-time
       * @description It is refused from then on; absent: when it is revoked
       */
      expiresAt?: string;
    };
    ApiKeyDto: {
      /**
       * Format: uuid
       * @description Id of the key
       */
      id: string;
      /** @description What it is for */
      name: string;
      /** @description How it begins; the rest is a secret that nobody can see again */
      prefix: string;
      /** @description What it may do */
      scopes: ('sms.send' | 'sms.read' | 'lists.write' | 'wallet.read')[];
      /** @description Networks (CIDR) that it is accepted from; empty: from everywhere */
      addresses: string[];
      /** @description Requests a minute */
      ratePerMinute?: number | null;
      /**
       * Format: date-time
       * @description Refused from then on
       */
      expiresAt?: string | null;
      /**
       * Format: date-time
       * @description Made
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Last use, exact to a minute; null: never
       */
      lastUsedAt?: string | null;
      /** @description Address of that use */
      lastUsedAddress?: string | null;
    };
    ApiKeysDto: {
      /** @description All that are not revoked, the newest first */
      keys: components['schemas']['ApiKeyDto'][];
    };
    AuditActorDto: {
      /**
       * Format: uuid
       * @description Account that did it; null: a program, or nobody who was signed in
       */
      accountId: string | null;
      /** @description Its name now, or that of the program */
      name: string | null;
    };
    AuditChangeDto: {
      /** @description Field */
      field: string;
      /** @description Before; null: nothing. National codes and mobiles masked; lists as JSON */
      before: string | null;
      /** @description After */
      after: string | null;
    };
    AuditDto: {
      /** @description Newest first */
      entries: components['schemas']['AuditEntryDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    AuditEntryDto: {
      /** @description Number of the entry */
      seq: number;
      /**
       * Format: date-time
       * @description When
       */
      at: string;
      /** @description What, `<noun>.<past verb>` */
      action: string;
      /** @description Who */
      actor: components['schemas']['AuditActorDto'];
      /**
       * Format: uuid
       * @description About which account
       */
      accountId: string | null;
      /** @description Its name now */
      accountName: string | null;
      /** @description Why, as the actor gave it */
      reason: string | null;
      /** @description Changed fields */
      changes: components['schemas']['AuditChangeDto'][];
      /** @description Network address of the person */
      address: string | null;
      /** @description User agent */
      device: string | null;
      /** @description Request in whose logs more stands */
      requestId: string | null;
    };
    BaleLinkDto: {
      /** @description Opens our bot in Bale; the person there shares the own contact */
      url: string;
      /**
       * Format: date-time
       * @description The link is refused from then on
       */
      expiresAt: string;
    };
    BaleStatusDto: {
      /** @description This installation has a Bale bot */
      available: boolean;
      /**
       * Format: date-time
       * @description The chat was linked then; null: none is linked
       */
      linkedAt: string | null;
    };
    BankDifferenceDto: {
      /** @description Top-up id, or the reference of a payment that no top-up has */
      id: string;
      /** @description Our state; `missing`: nobody has it here */
      ours: string;
      /** @description The bank's answer: `paid`, `settled`, `unpaid`, `reversed` */
      theirs: string;
      /** @description Amount, Rial; 0: not known */
      amountRials: number;
    };
    BankDto: {
      /**
       * @description Code
       * @enum {string}
       */
      code: 'mellat' | 'zarinpal';
      /** @description Persian name */
      title: string;
      /** @description An administrator lets it be used */
      enabled: boolean;
      /** @description This installation has an account there */
      configured: boolean;
    };
    BankReportDto: {
      /**
       * @description Bank
       * @enum {string}
       */
      bank: 'mellat' | 'zarinpal';
      /**
       * Format: date
       * @description Day in Tehran, YYYY-MM-DD (Gregorian)
       */
      day: string;
      /**
       * Format: date-time
       * @description When it was made
       */
      madeAt: string;
      /** @description By state */
      states: components['schemas']['StateSumDto'][];
      /** @description Top-ups that the bank was asked about and answered */
      compared: number;
      /** @description Top-ups that it should have answered about and did not */
      unanswered: number;
      /** @description Differences in all */
      differenceCount: number;
      /** @description The first of them */
      differences: components['schemas']['BankDifferenceDto'][];
    };
    BankReportRunDto: {
      /**
       * @description Bank
       * @enum {string}
       */
      bank: 'mellat' | 'zarinpal';
      /**
       * Format: date
       * @description Day in Tehran, YYYY-MM-DD (Gregorian); yesterday unless said
       */
      day?: string;
    };
    BankReportsDto: {
      /** @description Newest day first */
      reports: components['schemas']['BankReportDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    BankSwitchBodyDto: {
      /** @description False: no new top-up goes there; those under way are finished */
      enabled: boolean;
    };
    BanksDto: {
      /** @description Banks, in the order to show */
      banks: components['schemas']['BankDto'][];
      /** @description Least top-up through a bank, Rial */
      topupMinRials: number;
      /** @description Greatest top-up through a bank, Rial */
      topupMaxRials: number;
    };
    BannerDto: {
      /**
       * @description The whole line, in Persian
       * @example ۳۰٪ تخفیف خرید سامانه پیامکی، ویژه روز پدر
       */
      text: string;
      /** @description Plan that it is about; null: every plan */
      planCode: string | null;
      /**
       * Format: date-time
       * @description Until when
       */
      until: string;
    };
    BarcodeDto: {
      /** @description What the barcode holds: signed, and worth nothing elsewhere (IDN-214) */
      text: string;
      /**
       * Format: date-time
       * @description Not accepted from then on; the end of the day in Tehran
       */
      expiresAt: string;
      /** @description The barcode (QR) as an SVG image */
      svg: string;
    };
    BarcodeOwnerDto: {
      /**
       * Format: uuid
       * @description Account id
       */
      accountId: string;
      /** @description Full name */
      name: string;
      /** @description Username */
      username: string;
      /** @description Roles */
      roles: (
        | 'student'
        | 'school_manager'
        | 'professor'
        | 'district_expert'
        | 'support_agent'
        | 'helpdesk_supervisor'
        | 'sms_customer'
        | 'reseller'
        | 'portal_user'
        | 'office_user'
        | 'admin'
      )[];
    };
    BarcodeTextDto: {
      /** @description What a barcode reader read */
      text: string;
    };
    BindDto: {
      /** @description Number of the bind, from 0 */
      no: number;
      /** @description Worker that owns it */
      worker?: string | null;
      /**
       * @description State
       * @enum {string}
       */
      state: 'bound' | 'connecting' | 'throttled' | 'closed';
      /**
       * Format: date-time
       * @description In this state since; null: nobody owns it
       */
      since?: string | null;
    };
    BreakdownDto: {
      /**
       * Format: date-time
       * @description As of: of a large send that runs, up to a minute ago
       */
      at: string;
      /** @description Messages by state and operator, those that there are; recipients that are not messages yet are not in it */
      rows: components['schemas']['BreakdownRowDto'][];
      /** @description Hours in which anything happened, oldest first, at most 1,000 */
      hours: components['schemas']['BreakdownHourDto'][];
    };
    BreakdownHourDto: {
      /**
       * Format: date-time
       * @description Beginning of an hour of Asia/Tehran
       */
      startsAt: string;
      /** @description Messages that the operator took in it */
      sent: number;
      /** @description Delivered in it */
      delivered: number;
      /** @description Reported undelivered in it */
      undelivered: number;
      /** @description Refused by the operator in it */
      failed: number;
    };
    BreakdownRowDto: {
      /**
       * @description State
       * @enum {string}
       */
      state:
        | 'queued'
        | 'sent'
        | 'delivered'
        | 'undelivered'
        | 'failed'
        | 'blocked'
        | 'cancelled'
        | 'in_doubt'
        | 'unreported';
      /**
       * @description Operator
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Messages */
      messages: number;
      /** @description Charged less paid back, Rial */
      netRials: number;
    };
    ChangePasswordDto: {
      /** @description Password until now */
      oldPassword: string;
      /** @description Password from now on */
      newPassword: string;
    };
    ClientErrorDto: {
      /** @description Made by the panel and shown to the person, so that support finds the line */
      id: string;
      /**
       * @description A page that could not be drawn, a script, a promise that nobody caught, or code that did not come
       * @enum {string}
       */
      kind: 'render' | 'script' | 'promise' | 'code';
      /** @description What the error says */
      message: string;
      /** @description Where it stood in the code */
      stack?: string;
      /** @description Which parts of the page were being drawn */
      parts?: string;
      /** @description Path of the panel's page, without its query */
      page: string;
      /** @description File of script that the panel was begun with */
      release: string;
      /** @description Of the answer that it followed */
      requestId?: string;
    };
    ClubDto: {
      /**
       * @description Status
       * @enum {string}
       */
      status: 'inactive' | 'collecting' | 'awaiting';
      /** @description Points now */
      points: number;
      /** @description Points still to earn for the next reward; null while the club is inactive */
      pointsToReward: number | null;
      /** @description Rules; null while the club is inactive */
      rules: components['schemas']['ClubSettingsDto'] | null;
      /** @description Users that the customer introduced */
      introducedUsers: number;
      /** @description Latest rewards, newest first */
      rewards: components['schemas']['RewardDto'][];
    };
    ClubSettingsDto: {
      /** @description Points are given */
      active: boolean;
      /** @description Points for an introduced user */
      pointsPerReferral: number;
      /** @description Points for each whole `topupStepRials` topped up */
      pointsPerTopupStep: number;
      /** @description So much is topped up for `pointsPerTopupStep`, Rial */
      topupStepRials: number;
      /** @description Points that a reward takes */
      thresholdPoints: number;
      /** @description Credit of a reward, Rial */
      rewardRials: number;
    };
    CodeRequestDto: {
      /** @description Username, any digit form */
      username: string;
      /**
       * @description What the code shall open
       * @enum {string}
       */
      purpose: 'sign_in' | 'reset_password';
      /**
       * @description Where to first: `bale` unless said otherwise; `email` only to set a new password (IDN-209)
       * @enum {string}
       */
      channel?: 'bale' | 'sms' | 'email';
    };
    CodeRequestedDto: {
      /**
       * Format: uuid
       * @description Comes back with the code
       */
      requestId: string;
      /**
       * Format: date-time
       * @description The code is refused from then on
       */
      expiresAt: string;
      /** @description Before that no other code is sent, seconds */
      resendAfterSeconds: number;
    };
    CodeSignInDto: {
      /**
       * Format: uuid
       * @description `requestId` of the answer to the request of the code
       */
      requestId: string;
      /** @description The six digits, any digit form */
      code: string;
      /** @description Stay signed in for 15 days (IDN-005) */
      remember?: boolean;
    };
    CombineListsDto: {
      /** @description What is added, in this order; who comes in several of them stands where it came first */
      sources: components['schemas']['RecipientsDto'][];
    };
    ContactChangeDto: {
      /**
       * Format: uuid
       * @description Change
       */
      id: string;
      /**
       * @description What was changed
       * @enum {string}
       */
      field: 'mobile' | 'email' | 'nationalCode' | 'password';
      /**
       * @description As what whoever changed it acted
       * @enum {string}
       */
      changedAs: 'admin' | 'support' | 'reseller' | 'owner';
      /**
       * Format: date-time
       * @description When
       */
      changedAt: string;
      /**
       * Format: date-time
       * @description It has its full effect from then on, or from the approval on
       */
      heldUntil: string;
      /**
       * @description What became of it
       * @enum {string}
       */
      state: 'held' | 'approved' | 'stopped' | 'proved';
    };
    ContactChangesDto: {
      /** @description Newest first, of the last 30 days */
      changes: components['schemas']['ContactChangeDto'][];
    };
    ContactStopDto: {
      /** @description What stands in the link of the message about the change */
      token: string;
    };
    ContactStoppedDto: {
      /**
       * @description What was taken back
       * @enum {string}
       */
      field: 'mobile' | 'email' | 'nationalCode' | 'password';
    };
    CorrectionDecisionBodyDto: {
      /** @description Note for the file */
      note?: string;
    };
    CorrectionDto: {
      /**
       * Format: uuid
       * @description Chosen by the caller; a repeat with the same terms changes nothing
       */
      correctionId: string;
      /**
       * Format: uuid
       * @description Whose wallet
       */
      customerId: string;
      /**
       * @description `credit` adds, `debit` takes
       * @enum {string}
       */
      direction: 'credit' | 'debit';
      /** @description Amount, Rial */
      amountRials: number;
      /** @description Why; the customer reads it in the statement */
      reason: string;
      /**
       * @description State
       * @enum {string}
       */
      state: 'awaiting' | 'posted' | 'refused' | 'expired';
      /**
       * Format: uuid
       * @description Administrator that asked
       */
      requestedBy: string;
      /**
       * Format: date-time
       * @description Asked
       */
      requestedAt: string;
      /**
       * Format: date-time
       * @description If nobody decides, it expires then
       */
      expiresAt: string;
      /**
       * Format: uuid
       * @description Administrator that decided
       */
      decidedBy: string | null;
      /**
       * Format: date-time
       * @description Decided or expired
       */
      decidedAt: string | null;
      /** @description Note of whoever decided */
      note: string | null;
    };
    CorrectionRefusalBodyDto: {
      /** @description Why it is refused */
      note: string;
    };
    CorrectionRequestBodyDto: {
      /**
       * Format: uuid
       * @description Chosen by the caller; a repeat with the same terms changes nothing
       */
      correctionId?: string;
      /**
       * Format: uuid
       * @description Whose wallet
       */
      customerId: string;
      /**
       * @description `credit` adds, `debit` takes
       * @enum {string}
       */
      direction: 'credit' | 'debit';
      /** @description Amount, Rial */
      amountRials: number;
      /** @description Why; the customer reads it in the statement */
      reason: string;
    };
    CorrectionsDto: {
      /** @description Newest first */
      corrections: components['schemas']['CorrectionDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    CustomerLevelDto: {
      /**
       * Format: uuid
       * @description Customer
       */
      customerId: string;
      /** @description Code of the level */
      level: string;
    };
    CustomerLevelSetBodyDto: {
      /** @description Code of the level */
      level: string;
      /** @description Why; kept in the history */
      reason: string;
    };
    CustomerUseDto: {
      /** @description Sends that began in the period */
      sends: number;
      /** @description Charged in the period, Rial */
      chargedRials: number;
      /** @description Paid back in the period, Rial */
      refundedRials: number;
      /** @description Parts paid for, of sends that were settled with the reseller in the period */
      parts: number;
      /** @description What the reseller earned with them, Rial */
      marginRials: number;
    };
    DeadLetterDto: {
      /** @description The sender's id; empty: it had none */
      id: string;
      /** @description Event or work message */
      type: string;
      /** @description Why nobody could handle it */
      reason: string;
      /**
       * Format: date-time
       * @description When it died; null where RabbitMQ moved it and kept no time
       */
      diedAt: string | null;
      /** @description Deliveries to a handler that failed */
      attempts: number;
      /** @description First 2,000 characters; secrets and texts of messages hidden, numbers masked */
      body: string;
    };
    DeadLettersDto: {
      /** @description Oldest first */
      letters: components['schemas']['DeadLetterDto'][];
    };
    DeadQueueDto: {
      /** @description Queue that they died in */
      queue: string;
      /** @description How many */
      count: number;
    };
    DeadQueuesDto: {
      /** @description Queues that have any */
      queues: components['schemas']['DeadQueueDto'][];
    };
    DoubtDto: {
      /**
       * Format: uuid
       * @description Send id
       */
      sendId: string;
      /** @description Position in the send */
      position: number;
      /**
       * Format: uuid
       * @description Owner's account id; null: the platform itself, which is no account
       */
      customerId: string | null;
      /** @description Recipient, masked: `98912***4567` */
      msisdn: string;
      /**
       * @description Operator
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Parts */
      parts: number;
      /**
       * Format: uuid
       * @description Link id
       */
      linkId: string;
      /** @description Name of the link */
      link: string;
      /**
       * Format: date-time
       * @description Given to a worker at; it has been in doubt for less long
       */
      since: string | null;
    };
    DoubtSettleBodyDto: {
      /** @description Position of the message; absent: all in doubt of this send */
      position?: number;
      /**
       * @description sent: it went out and is charged; failed: it did not and is released; resend: queue it again
       * @enum {string}
       */
      as: 'sent' | 'failed' | 'resend';
    };
    DoubtSettledDto: {
      /** @description Messages settled */
      messages: number;
    };
    DoubtsDto: {
      /** @description Messages in doubt, the oldest send first */
      doubts: components['schemas']['DoubtDto'][];
      /** @description How many there are over all pages */
      total: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    EndedSessionsDto: {
      /** @description Sessions that were open and ended */
      ended: number;
    };
    ErrorDetailsDto: {
      /** @description The refused fields of `input.invalid` */
      fields?: components['schemas']['FieldErrorDto'][];
    };
    ErrorDto: {
      /**
       * @description Stable code for programs
       * @example wallet.insufficientCredit
       */
      code: string;
      /** @description For people: Persian, or English when Accept-Language begins with `en` */
      message: string;
      /** @description More, where there is more */
      details?: components['schemas']['ErrorDetailsDto'];
      /** @description Names this request in the logs; also in `x-request-id` */
      requestId: string;
    };
    FieldErrorDto: {
      /** @description Path of the field, e.g. `recipients.numbers[3]` */
      field: string;
      /** @description Rule that it breaks, e.g. `required`, `maxLength`, `unknown` */
      rule: string;
      /** @description What is wrong, in the language of the answer */
      message: string;
    };
    FirstPasswordDto: {
      /** @description `setPassword.token` of the sign-in */
      token: string;
      /** @description Own password */
      newPassword: string;
    };
    GiftQuoteDto: {
      /** @description Amount that would be topped up, Rial */
      amountRials: number;
      /** @description Gift (میزان هدیه), whole Rial, rounded down */
      giftRials: number;
      /** @description Final charge (شارژ نهایی): amount + gift, Rial */
      finalRials: number;
      /** @description Its tier; null: no gift */
      tier: components['schemas']['GiftTierDto'] | null;
      /** @description The caller's tariff of a Persian part, Rial; null without a tier */
      tariffRials: number | null;
      /** @description What a part then costs in effect: tariff - discount, Rial; null without a tier */
      effectiveTariffRials: number | null;
    };
    GiftTierDto: {
      /** @description From this top-up on, Rial */
      fromRials: number;
      /** @description Up to this top-up, which belongs to the next tier, Rial; null on the last: without end */
      toRials: number | null;
      /** @description Discount a message of one Persian part, Rial */
      discountRials: number;
    };
    GiftTierSetAddBodyDto: {
      /** @description All tiers, the smallest first, each beginning where the one before ends; none: no gifts */
      tiers: components['schemas']['GiftTierDto'][];
      /**
       * Format: date-time
       * @description From when; absent: from now. Never in the past
       */
      validFrom?: string;
    };
    GiftTierSetDto: {
      /**
       * Format: uuid
       * @description Tier set
       */
      id: string;
      /** @description Its tiers */
      tiers: components['schemas']['GiftTierDto'][];
      /**
       * @description Where it stands in time
       * @enum {string}
       */
      time: 'past' | 'current' | 'future';
      /**
       * Format: date-time
       * @description From when
       */
      validFrom: string;
      /**
       * Format: date-time
       * @description Until when; null: no end is known
       */
      validUntil: string | null;
      /**
       * Format: uuid
       * @description Account that added it; null: the platform itself
       */
      addedBy: string | null;
    };
    GiftTierSetsDto: {
      /** @description The latest to begin first */
      sets: components['schemas']['GiftTierSetDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    GiftTiersDto: {
      /** @description Tiers of now, the smallest first; none: nothing is given */
      tiers: components['schemas']['GiftTierDto'][];
      /** @description What a message costs without discount at level `standard`, Rial; null while it has no tariff */
      tariffRials: number | null;
    };
    ImportDto: {
      /**
       * Format: uuid
       * @description Import id
       */
      id: string;
      /**
       * @description What the file is of
       * @enum {string}
       */
      kind:
        | 'students'
        | 'professors'
        | 'school_managers'
        | 'district_experts'
        | 'support_agents'
        | 'office_users'
        | 'districts'
        | 'schools'
        | 'terms';
      /** @description File name */
      fileName: string;
      /**
       * @description State
       * @enum {string}
       */
      state: 'uploading' | 'reading' | 'checked' | 'applying' | 'done' | 'failed' | 'cancelled';
      /** @description Error code when it failed */
      refusal?: string | null;
      /** @description With `file.columnMissing`: columns that were not found by any of their headings */
      missingColumns: (
        | 'code'
        | 'nationalCode'
        | 'name'
        | 'firstName'
        | 'lastName'
        | 'mobile'
        | 'email'
        | 'districtCode'
        | 'portal'
        | 'department'
        | 'officeCode'
        | 'replace'
        | 'startsOn'
        | 'endsOn'
      )[];
      /** @description Bytes of the file */
      bytes: number;
      /** @description Rows read so far in this state */
      rows: number;
      /** @description Rows of the file; absent until it was read to its end */
      rowsInAll?: number;
      /** @description Rows that are (`checked`: would be) new */
      created: number;
      /** @description Rows that change (would change) what is there */
      updated: number;
      /** @description Rows that say what is there already */
      unchanged: number;
      /** @description Rows that are left out */
      refused: number;
      /** @description School codes that go (would go) from one manager to another, because the row says so */
      moved: number;
      /** @description Rows a second in this state; 0 while nothing is being done */
      rowsPerSecond: number;
      /**
       * Format: date-time
       * @description When it was uploaded
       */
      createdAt: string;
    };
    ImportErrorDto: {
      /** @description Row as a spreadsheet shows it */
      row: number;
      /**
       * @description Column
       * @enum {string}
       */
      field:
        | 'code'
        | 'nationalCode'
        | 'name'
        | 'firstName'
        | 'lastName'
        | 'mobile'
        | 'email'
        | 'districtCode'
        | 'portal'
        | 'department'
        | 'officeCode'
        | 'replace'
        | 'startsOn'
        | 'endsOn';
      /**
       * @description What is wrong
       * @enum {string}
       */
      code:
        | 'required'
        | 'invalid'
        | 'too_long'
        | 'check_digit'
        | 'duplicate'
        | 'username_taken'
        | 'email_taken'
        | 'belongs_to_another'
        | 'unknown_district'
        | 'ends_before_start'
        | 'too_many';
      /** @description The same in Persian */
      message: string;
      /** @description Of a duplicate: the row before it */
      otherRow?: number;
    };
    ImportErrorsDto: {
      /** @description In row order */
      errors: components['schemas']['ImportErrorDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    ImportsDto: {
      /** @description Newest first */
      imports: components['schemas']['ImportDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    InboxDto: {
      /** @description Newest first */
      messages: components['schemas']['InboxMessageDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    InboxMessageDto: {
      /**
       * Format: uuid
       * @description Id
       */
      id: string;
      /** @description Sender, 98... or as the operator gave it */
      from: string;
      /** @description Line it came to */
      to: string;
      /** @description Text, parts joined */
      text: string;
      /** @description Parts that did not come within a day; their places in the text are marked. Absent: it is whole */
      missingParts?: number;
      /**
       * Format: date-time
       * @description Received at
       */
      receivedAt: string;
    };
    KindSumDto: {
      /**
       * @description Kind
       * @enum {string}
       */
      kind:
        | 'topup'
        | 'gift'
        | 'trial'
        | 'credit'
        | 'capture'
        | 'refund'
        | 'purchase'
        | 'transfer'
        | 'reward'
        | 'margin'
        | 'correction';
      /** @description Entries */
      entries: number;
      /** @description Change of the wallet by all of them, Rial; negative when credit was spent */
      amountRials: number;
    };
    LevelBodyDto: {
      /**
       * @description Persian name
       * @example عادی
       */
      title: string;
    };
    LevelChangeDto: {
      /**
       * Format: uuid
       * @description Customer
       */
      customerId: string;
      /** @description Code of the level */
      level: string;
      /** @description Level before */
      levelBefore: string;
      /**
       * @description What set it
       * @enum {string}
       */
      cause: 'admin' | 'plan' | 'role';
      /**
       * Format: uuid
       * @description Account that did it
       */
      by: string;
      /** @description Why */
      reason: string;
      /**
       * Format: date-time
       * @description When
       */
      at: string;
    };
    LevelChangesDto: {
      /** @description Newest first */
      changes: components['schemas']['LevelChangeDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    LevelDto: {
      /**
       * @description Code of the level
       * @example standard
       */
      level: string;
      /**
       * @description Persian name
       * @example عادی
       */
      title: string;
    };
    LevelsDto: {
      /** @description All levels, by code */
      levels: components['schemas']['LevelDto'][];
    };
    LineChangeBodyDto: {
      /**
       * Format: uuid
       * @description Account id of the customer who owns it from now on: the secretary falls silent; what was accepted and received before stays with its owner
       */
      customerId?: string;
      /** @description First hour of sending, Asia/Tehran; with `hoursTo`. 0 and 24: no limit */
      hoursFrom?: number;
      /** @description Hour at which sending stops, Asia/Tehran; before `hoursFrom`: over midnight; never the same */
      hoursTo?: number;
      /** @description Usable; switched off nothing leaves, accepted sends wait */
      active?: boolean;
      /** @description Also of customers without a line of their own */
      shared?: boolean;
      /**
       * @description Class: prices of what is quoted from now on, and whether opt-outs hold
       * @enum {string}
       */
      lineClass?: 'advertising' | 'service';
    };
    LineClassDto: {
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /** @description A received text that is nothing but one of these opts out of the line; letters are folded, digits of any script and all marks and spaces around and between are the same. Empty: nobody can opt out */
      optOutWords: string[];
    };
    LineClassesDto: {
      /** @description Line classes */
      lineClasses: components['schemas']['LineClassDto'][];
    };
    LineCreateDto: {
      /** @description Number as the operator knows it, any digits, or a name of up to 11 Latin letters and digits */
      number: string;
      /**
       * Format: uuid
       * @description Link over which it sends
       */
      linkId: string;
      /**
       * @description Class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /** @description First hour of sending, Asia/Tehran; with `hoursTo`. 0 unless told */
      hoursFrom?: number;
      /** @description Hour at which sending stops, Asia/Tehran. 24 unless told; never that of `hoursFrom` */
      hoursTo?: number;
      /**
       * @description What is charged; submitted unless told
       * @enum {string}
       */
      refundPolicy?: 'submitted' | 'delivered';
      /**
       * Format: uuid
       * @description Account id of the customer who owns it; null or absent: the platform
       */
      customerId?: string | null;
      /** @description Counts 66 instead of 67 letters in a part of a long Persian text; false unless told */
      is66Char?: boolean;
      /** @description Also of customers without a line of their own; false unless told */
      shared?: boolean;
    };
    LineDto: {
      /**
       * Format: uuid
       * @description Line id
       */
      id: string;
      /** @description Sender number as the recipient sees it */
      number: string;
      /**
       * @description Class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /** @description First hour of sending, Asia/Tehran; with `hoursTo` 24 and 0 there is no limit */
      hoursFrom: number;
      /** @description Hour at which sending stops, Asia/Tehran */
      hoursTo: number;
      /** @description Counts 66 instead of 67 letters in a part of a long Persian text */
      is66Char: boolean;
      /**
       * @description What is charged
       * @enum {string}
       */
      refundPolicy: 'submitted' | 'delivered';
      /** @description Usable */
      active: boolean;
      /** @description What the secretary answers to received messages (SMS-020) */
      secretaryText?: string | null;
      /** @description Also of other customers, for who has no line of its own; received messages do not come to them */
      shared?: boolean;
    };
    LinePoolDto: {
      /** @description Lines that wait for new customers, in the order in which they are given out */
      lines: components['schemas']['PooledLineDto'][];
      /** @description How many there are over all pages */
      total: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    LinesDto: {
      /** @description Own lines */
      lines: components['schemas']['LineDto'][];
    };
    LinkChangeBodyDto: {
      /** @description Password at the operator: written, sealed at rest, and shown to nobody. Absent: as it is; of a new link: none */
      password?: string;
      /** @description SMPP over TLS (1.2 or newer); false unless told */
      tls?: boolean;
      /** @description Certificates (PEM) of the authority that signs the operator's; null: the well-known ones. Only with `tls` */
      caCertificate?: string | null;
      /** @description Name in the operator's certificate, where it is not `host`; null: `host` */
      tlsName?: string | null;
      /** @description system_type; empty unless told */
      systemType?: string;
      /** @description From opening a connection to the answer to its bind, ms; 30,000 unless told */
      bindTimeoutMs?: number;
      /** @description submit_sm unanswered for so long is in doubt, ms; 30,000 unless told */
      responseTimeoutMs?: number;
      /** @description enquire_link after so long without traffic, ms; 30,000 unless told */
      enquireLinkMs?: number;
      /** @description source_addr_ton; null: by the form of the line (5 a name, 1 with 98, else 0) */
      sourceTon?: number | null;
      /** @description source_addr_npi; null: by the form of the line (0 a name, else 1) */
      sourceNpi?: number | null;
      /** @description dest_addr_ton; null: 1, international */
      destinationTon?: number | null;
      /** @description dest_addr_npi; null: 1, E.164 */
      destinationNpi?: number | null;
      /** @description Messages without a receipt are given up so long after their send, s; 172,800 unless told */
      receiptWaitSeconds?: number;
      /**
       * @description How the operator reports long messages; every_part unless told
       * @enum {string}
       */
      receiptRule?: 'every_part' | 'one_for_all';
      /**
       * @description Which of several final words on one part counts; delivered unless told
       * @enum {string}
       */
      receiptWins?: 'delivered' | 'last';
      /** @description A word that may be overruled is final so long after the first one, s; 0 unless told */
      receiptFinalWaitSeconds?: number;
      /** @description Messages in doubt are settled so long after, s; null: a person settles them */
      doubtWaitSeconds?: number | null;
      /**
       * @description As what, then; sent unless told
       * @enum {string}
       */
      doubtSettlesAs?: 'sent' | 'failed';
      /** @description Workers hold its binds; switched off nothing leaves over it and what was accepted waits. False of a new link unless told */
      active?: boolean;
      /** @description Name for people; no other link has it */
      name?: string;
      /** @description Name or IP address of the operator's SMSC */
      host?: string;
      /** @description Port */
      port?: number;
      /** @description system_id of the account */
      systemId?: string;
      /** @description Contracted parts a second over all binds; 0: no limit */
      partsPerSecond?: number;
      /** @description Most unanswered submit_sm a bind */
      window?: number;
      /** @description How many binds the contract allows at once */
      binds?: number;
    };
    LinkCreateDto: {
      /** @description Password at the operator: written, sealed at rest, and shown to nobody. Absent: as it is; of a new link: none */
      password?: string;
      /** @description SMPP over TLS (1.2 or newer); false unless told */
      tls?: boolean;
      /** @description Certificates (PEM) of the authority that signs the operator's; null: the well-known ones. Only with `tls` */
      caCertificate?: string | null;
      /** @description Name in the operator's certificate, where it is not `host`; null: `host` */
      tlsName?: string | null;
      /** @description system_type; empty unless told */
      systemType?: string;
      /** @description From opening a connection to the answer to its bind, ms; 30,000 unless told */
      bindTimeoutMs?: number;
      /** @description submit_sm unanswered for so long is in doubt, ms; 30,000 unless told */
      responseTimeoutMs?: number;
      /** @description enquire_link after so long without traffic, ms; 30,000 unless told */
      enquireLinkMs?: number;
      /** @description source_addr_ton; null: by the form of the line (5 a name, 1 with 98, else 0) */
      sourceTon?: number | null;
      /** @description source_addr_npi; null: by the form of the line (0 a name, else 1) */
      sourceNpi?: number | null;
      /** @description dest_addr_ton; null: 1, international */
      destinationTon?: number | null;
      /** @description dest_addr_npi; null: 1, E.164 */
      destinationNpi?: number | null;
      /** @description Messages without a receipt are given up so long after their send, s; 172,800 unless told */
      receiptWaitSeconds?: number;
      /**
       * @description How the operator reports long messages; every_part unless told
       * @enum {string}
       */
      receiptRule?: 'every_part' | 'one_for_all';
      /**
       * @description Which of several final words on one part counts; delivered unless told
       * @enum {string}
       */
      receiptWins?: 'delivered' | 'last';
      /** @description A word that may be overruled is final so long after the first one, s; 0 unless told */
      receiptFinalWaitSeconds?: number;
      /** @description Messages in doubt are settled so long after, s; null: a person settles them */
      doubtWaitSeconds?: number | null;
      /**
       * @description As what, then; sent unless told
       * @enum {string}
       */
      doubtSettlesAs?: 'sent' | 'failed';
      /** @description Workers hold its binds; switched off nothing leaves over it and what was accepted waits. False of a new link unless told */
      active?: boolean;
      /** @description Name for people; no other link has it */
      name: string;
      /** @description Name or IP address of the operator's SMSC */
      host: string;
      /** @description Port */
      port: number;
      /** @description system_id of the account */
      systemId: string;
      /** @description Contracted parts a second over all binds; 0: no limit */
      partsPerSecond: number;
      /** @description Most unanswered submit_sm a bind */
      window: number;
      /** @description How many binds the contract allows at once */
      binds: number;
    };
    LinkDetailDto: {
      /**
       * Format: uuid
       * @description Link id
       */
      id: string;
      /** @description Name */
      name: string;
      /** @description Contracted parts a second; 0: no limit */
      partsPerSecond: number;
      /** @description Window a bind */
      window: number;
      /** @description Parts a second now */
      currentPartsPerSecond: number;
      /** @description Messages waiting */
      backlog: number;
      /** @description Messages in doubt */
      inDoubt: number;
      /** @description Times the operator said throttled since start */
      throttled: number;
      /** @description Receipts of the last three days that name no message of ours, by id and recipient; at most 100,000 are kept */
      unmatchedReceipts: number;
      /** @description Binds */
      binds: components['schemas']['BindDto'][];
      /** @description Usable: workers hold its binds */
      active: boolean;
      /** @description Host of the operator */
      host: string;
      /** @description Port */
      port: number;
      /** @description system_id of the account */
      systemId: string;
      /** @description A password is stored; it is never shown */
      hasPassword: boolean;
      /** @description system_type */
      systemType: string;
      /** @description SMPP over TLS */
      tls: boolean;
      /** @description Certificates (PEM) of the authority that signs the operator's; null: the well-known ones */
      caCertificate: string | null;
      /** @description Name in the operator's certificate; null: `host` */
      tlsName: string | null;
      /** @description submit_sm unanswered for so long is in doubt, ms */
      responseTimeoutMs: number;
      /** @description enquire_link after so long without traffic, ms */
      enquireLinkMs: number;
      /** @description source_addr_ton; null: by the form of the line */
      sourceTon: number | null;
      /** @description source_addr_npi; null: by the form of the line */
      sourceNpi: number | null;
      /** @description dest_addr_ton; null: 1 */
      destinationTon: number | null;
      /** @description dest_addr_npi; null: 1 */
      destinationNpi: number | null;
      /** @description Messages that workers hold and have no answer to */
      givenOut: number;
      /** @description Of those, messages that may be on the wire: started, not answered; at most window x binds */
      inFlight: number;
      /** @description Messages without a receipt are given up so long after their send, s */
      receiptWaitSeconds: number;
      /** @description From opening a connection to the answer to its bind, ms */
      bindTimeoutMs: number;
      /**
       * @description How the operator reports long messages: `every_part` (delivered when each part was) or `one_for_all` (one receipt speaks for all parts, also for the money)
       * @enum {string}
       */
      receiptRule: 'every_part' | 'one_for_all';
      /**
       * @description Which of several final words on one part counts: `delivered`, or the `last` one
       * @enum {string}
       */
      receiptWins: 'delivered' | 'last';
      /** @description A word that may be overruled is final so long after the first one, s; until then the message is `sent` and nothing is paid back. 0: the first word is final */
      receiptFinalWaitSeconds: number;
      /** @description Messages in doubt are settled so long after, s; null: a person settles them */
      doubtWaitSeconds: number | null;
      /**
       * @description As what, then
       * @enum {string}
       */
      doubtSettlesAs: 'sent' | 'failed';
      /** @description Minutes in which the operator said throttled, newest first, of the last seven days */
      throttles: components['schemas']['LinkThrottleDto'][];
      /** @description Refusals of the last hour by command_status, most first */
      errors: components['schemas']['LinkErrorDto'][];
    };
    LinkDto: {
      /**
       * Format: uuid
       * @description Link id
       */
      id: string;
      /** @description Name */
      name: string;
      /** @description Contracted parts a second; 0: no limit */
      partsPerSecond: number;
      /** @description Window a bind */
      window: number;
      /** @description Parts a second now */
      currentPartsPerSecond: number;
      /** @description Messages waiting */
      backlog: number;
      /** @description Messages in doubt */
      inDoubt: number;
      /** @description Times the operator said throttled since start */
      throttled: number;
      /** @description Receipts of the last three days that name no message of ours, by id and recipient; at most 100,000 are kept */
      unmatchedReceipts: number;
      /** @description Binds */
      binds: components['schemas']['BindDto'][];
    };
    LinkErrorDto: {
      /** @description SMPP command_status; 0: refused without one */
      status: number;
      /** @description Messages refused with it */
      messages: number;
    };
    LinkTestDto: {
      /**
       * @description answered: bound, and enquire_link was answered; nameUnknown: no such host; refused: nothing listens at the port; unreachable: no way there; connectTimeout: no connection in time; tlsFailed: see `fault`; bindRefused: see `status`; bindTimeout and enquireTimeout: connected, no answer in time; closed: the operator ended the connection; notSmpp: what answers speaks no SMPP
       * @enum {string}
       */
      outcome:
        | 'answered'
        | 'nameUnknown'
        | 'refused'
        | 'unreachable'
        | 'connectTimeout'
        | 'tlsFailed'
        | 'bindRefused'
        | 'bindTimeout'
        | 'enquireTimeout'
        | 'closed'
        | 'notSmpp';
      /** @description command_status of a refused bind */
      status: number | null;
      /** @description Code of the fault as the worker met it, for example ECONNREFUSED or CERT_HAS_EXPIRED */
      fault: string | null;
      /** @description Until it ended, ms */
      tookMs: number;
      /** @description system_id with which the SMSC answered */
      smsc: string | null;
    };
    LinkThrottleDto: {
      /**
       * Format: date-time
       * @description The minute
       */
      at: string;
      /** @description Worker that met it */
      worker: string;
      /** @description ESME_RTHROTTLED and ESME_RMSGQFUL answers in it */
      times: number;
    };
    LinksDto: {
      /** @description Operator links */
      links: components['schemas']['LinkDto'][];
    };
    ListErrorsDto: {
      /** @description In row order */
      errors: components['schemas']['RowErrorDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    MessageDto: {
      /** @description Position in the send, from 1 */
      position: number;
      /** @description Recipient, 98... */
      msisdn: string;
      /**
       * @description Operator
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /**
       * @description State (SMS-015)
       * @enum {string}
       */
      state:
        | 'queued'
        | 'sent'
        | 'delivered'
        | 'undelivered'
        | 'failed'
        | 'blocked'
        | 'cancelled'
        | 'in_doubt'
        | 'unreported';
      /** @description Parts */
      parts: number;
      /** @description Parts that the operator took */
      submittedParts: number;
      /** @description Charged, Rial */
      chargedRials: number;
      /** @description Paid back, Rial */
      refundedRials: number;
      /** @description SMPP command_status of a refusal */
      errorStatus?: number | null;
      /** @description Operator's message ids, one a part, parted by spaces */
      operatorIds?: string | null;
      /**
       * Format: date-time
       * @description Taken by the operator at
       */
      submittedAt?: string | null;
      /**
       * Format: date-time
       * @description Final state at
       */
      finalAt?: string | null;
    };
    MessageEventDto: {
      /**
       * @description accepted: the send was; due: planned time of it; given: to a worker; submitted: taken by the operator; refused: by the operator; inDoubt: written, answer unknown; settled: the doubt was; charged, released, refunded: money; the rest: final states
       * @enum {string}
       */
      kind:
        | 'accepted'
        | 'due'
        | 'given'
        | 'submitted'
        | 'refused'
        | 'inDoubt'
        | 'settled'
        | 'charged'
        | 'released'
        | 'delivered'
        | 'undelivered'
        | 'unreported'
        | 'refunded'
        | 'blocked'
        | 'cancelled';
      /**
       * Format: date-time
       * @description When; null: it happened, its moment is not kept
       */
      at: string | null;
      /** @description submitted: parts */
      parts?: number;
      /** @description charged, released, refunded: Rial */
      rials?: number;
      /** @description given: name of the link */
      link?: string;
      /** @description refused: SMPP command_status, where the operator gave one */
      errorStatus?: number;
      /**
       * @description settled: how
       * @enum {string}
       */
      settledAs?: 'sent' | 'failed' | 'resend' | 'receipt';
      /**
       * @description settled: by whom
       * @enum {string}
       */
      settledBy?: 'person' | 'policy' | 'receipt';
    };
    MessagePartDto: {
      /** @description Number of the part, from 1 */
      no: number;
      /** @description Operator's id; null: the operator did not take it, or its answer is not known */
      operatorId: string | null;
      /**
       * Format: date-time
       * @description Taken by the operator at
       */
      submittedAt: string | null;
      /**
       * @description What its receipt said; null: none came
       * @enum {string|null}
       */
      receipt: 'delivered' | 'undelivered' | null;
    };
    MessageTimelineDto: {
      /** @description The message as it is now */
      message: components['schemas']['MessageDto'];
      /** @description Its parts in order */
      parts: components['schemas']['MessagePartDto'][];
      /** @description What happened, in order; of a send that ended more than three days ago `given` is not kept any more */
      events: components['schemas']['MessageEventDto'][];
    };
    MessagesDto: {
      /** @description By position */
      messages: components['schemas']['MessageDto'][];
      /** @description How many there are over all pages; absent when filtered by operator or number */
      total?: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    NewApiKeyDto: {
      /** @description The key itself, shown this once */
      key: string;
      /** @description What is known of it */
      apiKey: components['schemas']['ApiKeyDto'];
    };
    NewLineDto: {
      /** @description Number as the operator knows it, any digits, or a name of up to 11 Latin letters and digits */
      number: string;
      /**
       * Format: uuid
       * @description Link over which it sends
       */
      linkId: string;
      /**
       * @description Class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /** @description First hour of sending, Asia/Tehran; with `hoursTo`. 0 unless told */
      hoursFrom?: number;
      /** @description Hour at which sending stops, Asia/Tehran. 24 unless told; never that of `hoursFrom` */
      hoursTo?: number;
      /**
       * @description What is charged; submitted unless told
       * @enum {string}
       */
      refundPolicy?: 'submitted' | 'delivered';
    };
    OperatorCountDto: {
      /**
       * @description Operator by number prefix
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Recipients */
      recipients: number;
    };
    OptOutDto: {
      /**
       * Format: uuid
       * @description Opt-out id
       */
      id: string;
      /** @description Number, 98... */
      number: string;
      /**
       * @description Whose advertising does not reach it
       * @enum {string}
       */
      reach: 'line' | 'customer' | 'platform';
      /** @description Number of the line; of `line` only */
      line?: string;
      /**
       * @description How it came
       * @enum {string}
       */
      source: 'message' | 'panel' | 'api' | 'admin';
      /**
       * Format: date-time
       * @description Since when
       */
      since: string;
      /**
       * Format: uuid
       * @description Account that noted it; null: the subscriber, by a text
       */
      by: string | null;
      /** @description What whoever noted it said */
      note: string | null;
    };
    OptOutRemovalBodyDto: {
      /** @description Why, for the audit log */
      reason: string;
      /** @description The subscriber has asked to get advertising again, as `reason` says. Needed where it came by a text of the subscriber */
      consent?: boolean;
    };
    OptOutResultDto: {
      /** @description As it was given */
      given: string;
      /**
       * @description What became of it
       * @enum {string}
       */
      outcome: 'added' | 'known' | 'invalid';
    };
    OptOutsAddDto: {
      /** @description Mobiles in any writing */
      numbers: string[];
      /** @description Why, or where it was asked for */
      note?: string;
    };
    OptOutsAddedDto: {
      /** @description New in the list */
      added: number;
      /** @description In the order of the request */
      results: components['schemas']['OptOutResultDto'][];
    };
    OptOutsDto: {
      /** @description Newest first */
      optOuts: components['schemas']['OptOutDto'][];
      /** @description How many there are over all pages; 100,000 stands for more */
      total: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    OwnClubSettingsDto: {
      /** @description Null: never set, no points and no rewards */
      settings: components['schemas']['ClubSettingsDto'] | null;
    };
    OwnMobileCodesDto: {
      /** @description The new mobile, any usual writing and digits */
      mobile: string;
    };
    OwnMobileDto: {
      /**
       * Format: uuid
       * @description Of the code that went to the present mobile
       */
      oldRequestId: string;
      /** @description That code, any digit form */
      oldCode: string;
      /**
       * Format: uuid
       * @description Of the code that went to the new mobile
       */
      newRequestId: string;
      /** @description That code, any digit form */
      newCode: string;
    };
    OwnMobileRequestedDto: {
      /**
       * Format: uuid
       * @description Of the code that went to the present mobile
       */
      oldRequestId: string;
      /**
       * Format: uuid
       * @description Of the code that went to the new mobile
       */
      newRequestId: string;
      /** @description The present mobile, masked: `0912***4567` */
      oldMobile: string;
      /**
       * Format: date-time
       * @description Both codes are good until then
       */
      expiresAt: string;
      /** @description Other codes may be asked for after so long, s */
      resendAfterSeconds: number;
    };
    OwnPlanDto: {
      /** @description The plan; null: none was ever chosen */
      plan: components['schemas']['PlanDto'] | null;
      /**
       * @description `trial` until its price is paid
       * @enum {string|null}
       */
      state: 'trial' | 'active' | null;
      /**
       * Format: date-time
       * @description Chosen
       */
      since: string | null;
    };
    OwnSessionDto: {
      /**
       * Format: uuid
       * @description Session id
       */
      id: string;
      /** @description It is the one that asks */
      current: boolean;
      /** @description Remember-me was chosen (IDN-005) */
      persistent: boolean;
      /** @description User agent at its last use */
      device: string;
      /** @description Network address at its last use */
      address: string;
      /**
       * Format: date-time
       * @description Sign-in
       */
      startedAt: string;
      /**
       * Format: date-time
       * @description Last sign-in or renewal
       */
      lastUsedAt: string;
      /**
       * Format: date-time
       * @description End, unless it is used before; remember-me: end
       */
      expiresAt: string;
    };
    OwnSessionsDto: {
      /** @description Open sessions, the one used last first */
      sessions: components['schemas']['OwnSessionDto'][];
    };
    OwnTariffDto: {
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
    };
    OwnTariffsDto: {
      /** @description What the caller pays now */
      tariffs: components['schemas']['OwnTariffDto'][];
    };
    PaymentOutcomeDto: {
      /**
       * Format: uuid
       * @description Top-up id
       */
      id: string;
      /**
       * @description State
       * @enum {string}
       */
      state:
        | 'created'
        | 'sent'
        | 'unknown'
        | 'verified'
        | 'credited'
        | 'cancelled'
        | 'failed'
        | 'expired'
        | 'reversed'
        | 'unresolved';
      /** @description What the state means, in Persian, for the person */
      message: string;
      /** @description Persian name of the bank */
      bankTitle: string;
      /** @description What is paid, Rial */
      amountRials: number;
      /** @description Gift credit, Rial */
      giftRials: number;
      /** @description Final charge: amount + gift, Rial */
      totalRials: number;
      /** @description Reference number of the payment at the bank (BIL-214) */
      referenceNumber: string | null;
      /** @description Card, masked by the bank */
      card: string | null;
      /** @description Page that leads to the bank; null when it can no longer be paid */
      payUrl: string | null;
      /**
       * Format: date-time
       * @description In the wallet since
       */
      creditedAt: string | null;
    };
    PlanAdminDto: {
      /** @description Code */
      code: string;
      /** @description Persian name */
      title: string;
      /** @description For whom it is, in Persian */
      description: string;
      /** @description Price, Rial; 0: free */
      priceRials: number;
      /** @description Credit given once at sign-up, Rial */
      trialRials: number;
      /** @description Discount of now; null or absent: none */
      discount?: components['schemas']['PlanDiscountDto'] | null;
      /** @description Level that it gives; null: none */
      level: string | null;
      /** @description On the list */
      active: boolean;
      /** @description Customers that have it */
      customers: number;
    };
    PlanBuyBodyDto: {
      /** @description Chosen by the caller; a repeat with the same terms buys nothing more */
      idempotencyKey?: string;
      /** @description Plan */
      planCode: string;
      /** @description Price that the buyer has seen, Rial; refused when it is another by now */
      priceRials: number;
    };
    PlanDiscountDto: {
      /**
       * @description Occasion, in Persian
       * @example ویژه روز پدر
       */
      title: string;
      /** @description Discount, percent */
      percent: number;
      /** @description Price with the discount, Rial */
      priceRials: number;
      /**
       * Format: date-time
       * @description Until when
       */
      until: string;
    };
    PlanDto: {
      /** @description Code */
      code: string;
      /** @description Persian name */
      title: string;
      /** @description For whom it is, in Persian */
      description: string;
      /** @description Price, Rial; 0: free */
      priceRials: number;
      /** @description Credit given once at sign-up, Rial */
      trialRials: number;
      /** @description Discount of now; null or absent: none */
      discount?: components['schemas']['PlanDiscountDto'] | null;
    };
    PlanPurchaseDto: {
      /**
       * Format: uuid
       * @description Purchase; also the transfer of it in the statement
       */
      id: string;
      /** @description Plan */
      planCode: string;
      /** @description Paid from the wallet, Rial */
      priceRials: number;
      /** @description Price without discount, Rial */
      listPriceRials: number;
      /**
       * Format: uuid
       * @description Promotion that lowered the price; null: none
       */
      promotionId: string | null;
      /** @description Level that it gave; null: it gives none */
      level: string | null;
      /**
       * Format: date-time
       * @description When
       */
      at: string;
    };
    PlanSaveBodyDto: {
      /** @description Persian name */
      title: string;
      /** @description For whom it is, in Persian */
      description: string;
      /** @description Price, Rial; 0: free */
      priceRials: number;
      /** @description Credit given once at sign-up, Rial */
      trialRials: number;
      /** @description Level that it gives once it is paid; null or absent: none */
      level?: string | null;
      /** @description On the list: can be chosen and bought */
      active: boolean;
    };
    PlansDto: {
      /** @description Plans that can be chosen now, the cheapest first */
      plans: components['schemas']['PlanDto'][];
      /** @description Discounts of now, the greatest first */
      banners?: components['schemas']['BannerDto'][];
    };
    PlatformWarningDto: {
      /**
       * @description proxyNotTrusted: requests came with a forwarded address from an address that TRUST_PROXY does not name, so behind it everybody is one address
       * @enum {string}
       */
      code: 'proxyNotTrusted';
      /** @description Address that the last of them came from */
      address: string;
      /** @description How many since the start of the replica */
      requests: number;
      /**
       * Format: date-time
       * @description When the last came
       */
      lastAt: string;
    };
    PlatformWarningsDto: {
      /** @description What is set up wrongly */
      warnings: components['schemas']['PlatformWarningDto'][];
    };
    PooledLineDto: {
      /**
       * Format: uuid
       * @description Id in the pool
       */
      id: string;
      /** @description Number */
      number: string;
      /**
       * @description Class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * Format: uuid
       * @description Link id
       */
      linkId: string;
      /** @description Name of the link */
      link: string;
      /** @description First hour of sending, Asia/Tehran */
      hoursFrom: number;
      /** @description Hour at which sending stops, Asia/Tehran */
      hoursTo: number;
    };
    ProfileDto: {
      /**
       * Format: uuid
       * @description Account id
       */
      id: string;
      /** @description Username */
      username: string;
      /** @description Full name */
      name: string;
      /** @description Roles */
      roles: (
        | 'student'
        | 'school_manager'
        | 'professor'
        | 'district_expert'
        | 'support_agent'
        | 'helpdesk_supervisor'
        | 'sms_customer'
        | 'reseller'
        | 'portal_user'
        | 'office_user'
        | 'admin'
      )[];
      /** @description All usernames; each opens the account */
      usernames: components['schemas']['UsernameDto'][];
      /** @description Roles with their scopes */
      grants: components['schemas']['RoleGrantDto'][];
      /** @description National code, masked: `001*****78` */
      nationalCode: string | null;
      /** @description Mobile, masked: `0912***4567` */
      mobile: string | null;
      /** @description E-mail */
      email: string | null;
      /** @description Reseller that it belongs to */
      reseller: components['schemas']['ResellerDto'] | null;
      /** @description Name and e-mail may be changed by oneself (IDN-022); else by a ticket (IDN-015) */
      editable: boolean;
    };
    ProfileUpdateDto: {
      /** @description Full name */
      name?: string;
      /**
       * @description E-mail; null removes it
       * @example ali@example.ir
       */
      email?: string | null;
      /** @description Present password; needed when the e-mail changes, since a password can be reset by it (IDN-209) */
      password?: string;
    };
    PromotionDto: {
      /**
       * Format: uuid
       * @description Promotion
       */
      id: string;
      /** @description Plan; null: every plan */
      planCode: string | null;
      /** @description Occasion */
      title: string;
      /** @description Discount, percent */
      percent: number;
      /**
       * Format: date-time
       * @description From when
       */
      validFrom: string;
      /**
       * Format: date-time
       * @description Until when; when it was ended before, that moment
       */
      validUntil: string;
      /**
       * @description Where it stands
       * @enum {string}
       */
      state: 'upcoming' | 'running' | 'over';
      /** @description Purchases that it lowered */
      purchases: number;
    };
    PromotionSaveBodyDto: {
      /** @description Plan whose price it lowers; null or absent: that of every plan */
      planCode?: string | null;
      /**
       * @description Occasion, in Persian
       * @example ویژه روز پدر
       */
      title: string;
      /** @description Discount, percent */
      percent: number;
      /**
       * Format: date-time
       * @description From when
       */
      validFrom: string;
      /**
       * Format: date-time
       * @description Until when, at most 366 days later
       */
      validUntil: string;
    };
    PromotionsDto: {
      /** @description The latest to begin first */
      promotions: components['schemas']['PromotionDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    QuoteDto: {
      /** @description Recipients in all */
      recipients: number;
      /** @description Parts of one message */
      parts: number;
      /** @description Length in units: septets of GSM-7 or UCS-2 code units */
      units: number;
      /**
       * @description Price language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /** @description Letters that make the text UCS-2, each once, at most 50 */
      ucs2Letters: string;
      /** @description Price by operator */
      rows: components['schemas']['QuoteRowDto'][];
      /** @description Total price, Rial */
      totalRials: number;
      /** @description Available credit, Rial */
      availableRials: number;
      /** @description The credit is enough now */
      enough: boolean;
      /** @description Sender line */
      line: components['schemas']['LineDto'];
      /**
       * Format: date-time
       * @description When the first message could leave: now, or when the line's sending hours begin
       */
      startsAt: string;
      /** @description Typed numbers that are no mobile number */
      invalidNumbers: number;
      /** @description Typed numbers that repeat another */
      duplicateNumbers: number;
    };
    QuoteRequestDto: {
      /**
       * Format: uuid
       * @description Sender line
       */
      lineId: string;
      /** @description Message text */
      text: string;
      /** @description To whom */
      recipients: components['schemas']['RecipientsDto'];
    };
    QuoteRowDto: {
      /**
       * @description Operator
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Recipients */
      recipients: number;
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /** @description recipients x parts x price, Rial */
      totalRials: number;
    };
    RecipientListDto: {
      /**
       * Format: uuid
       * @description List id
       */
      id: string;
      /**
       * @description How it was made
       * @enum {string}
       */
      source: 'file' | 'typed' | 'combined';
      /** @description File name; of other lists nothing */
      title: string;
      /**
       * @description State; usable when `ready`
       * @enum {string}
       */
      state: 'uploading' | 'reading' | 'ready' | 'refused' | 'deleting' | 'deleted';
      /** @description Error code when refused */
      refusal?: string | null;
      /** @description Row of the file that it was refused for, where one row is */
      refusalRow?: number | null;
      /** @description Of an xlsx: the sheet that was read; when refused those that were looked at in vain */
      sheet?: string | null;
      /** @description Rows read, without heading and blank rows; of a combined list the recipients of its sources */
      rows: number;
      /** @description Valid, distinct recipients */
      valid: number;
      /** @description Repeated numbers left out */
      duplicates: number;
      /** @description Rows without a valid mobile number */
      invalid: number;
      /** @description Blank rows */
      blank: number;
      /** @description Bytes of the file */
      bytes: number;
      /** @description Valid recipients by operator */
      byOperator: components['schemas']['OperatorCountDto'][];
      /**
       * Format: date-time
       * @description When it was made
       */
      createdAt: string;
    };
    RecipientListsDto: {
      /** @description Newest first */
      lists: components['schemas']['RecipientListDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    RecipientsDto: {
      /** @description First position, from 1 */
      row?: number;
      /** @description How many */
      count?: number;
      /**
       * Format: uuid
       * @description A recipient list of one's own
       */
      listId?: string;
      /** @description Typed numbers in any form, at most 400 (TGT-002), else `list.tooManyNumbers` */
      numbers?: string[];
    };
    RedriveBodyDto: {
      /** @description Only the one with this id */
      id?: string;
      /** @description At most so many of the oldest; 1,000 unless told */
      limit?: number;
    };
    RedrivenDto: {
      /** @description How many went to their queue again */
      redriven: number;
    };
    ReferralsDto: {
      /** @description Own referral code */
      code: string;
      /** @description Path of the site's sign-up page with the code in it */
      path: string;
      /** @description Accounts that signed up with it */
      introduced: number;
    };
    RepeatDto: {
      /**
       * @description Every day, week or Jalali month at the same Tehran time (SMS-007)
       * @enum {string}
       */
      every: 'daily' | 'weekly' | 'monthly';
      /** @description How many times in all, the first one included */
      times: number;
    };
    ResellerDto: {
      /**
       * Format: uuid
       * @description Account id of the reseller
       */
      id: string;
      /** @description Its name */
      name: string;
    };
    ResellerTariffDto: {
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /** @description What the reseller itself pays for the part then, Rial */
      costRialsPerPart: number;
      /**
       * Format: date-time
       * @description Valid from
       */
      validFrom: string;
    };
    ResellerTariffSetDto: {
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description What users pay for a part, Rial; never below what the reseller pays */
      rialsPerPart: number;
      /**
       * Format: date-time
       * @description From when; absent: from now. Never in the past
       */
      validFrom?: string;
    };
    ResellerTariffsDto: {
      /** @description Those valid now and those announced; what is not here costs users what it costs the reseller */
      tariffs: components['schemas']['ResellerTariffDto'][];
    };
    ResellerUserDto: {
      /**
       * Format: uuid
       * @description Customer
       */
      customerId: string;
      /** @description Full name */
      name: string;
      /**
       * Format: uuid
       * @description Its reseller; null: a direct customer
       */
      resellerId: string | null;
      /** @description Level */
      level: string;
      /** @description It may not be used */
      disabled: boolean;
      /** @description Posted balance, Rial */
      postedRials: number;
      /** @description Held for running sends, Rial */
      heldRials: number;
      /** @description posted - held, Rial */
      availableRials: number;
      /** @description Use in the period */
      use: components['schemas']['CustomerUseDto'];
    };
    ResellerUsersDto: {
      /**
       * Format: date-time
       * @description Period of the use from
       */
      from: string;
      /**
       * Format: date-time
       * @description Period of the use up to
       */
      to: string;
      /** @description By id: the oldest accounts first */
      users: components['schemas']['ResellerUserDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    ResetPasswordDto: {
      /**
       * Format: uuid
       * @description `requestId` of the answer to the request of the code
       */
      requestId: string;
      /** @description The six digits, any digit form */
      code: string;
      /** @description Password from now on */
      newPassword: string;
    };
    RewardDto: {
      /**
       * Format: uuid
       * @description Reward
       */
      id: string;
      /**
       * Format: uuid
       * @description Customer
       */
      customerId: string;
      /** @description Its name */
      customerName: string;
      /**
       * @description State
       * @enum {string}
       */
      state: 'awaiting' | 'granted' | 'refused';
      /** @description Points that it takes */
      thresholdPoints: number;
      /** @description Credit, Rial */
      rewardRials: number;
      /** @description Why it was refused */
      refusal: string | null;
      /**
       * Format: date-time
       * @description Threshold reached
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Granted or refused
       */
      decidedAt: string | null;
    };
    RewardRefusalBodyDto: {
      /** @description Why; the customer reads it */
      reason: string;
    };
    RewardsDto: {
      /** @description Newest first */
      rewards: components['schemas']['RewardDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    RoleGrantDto: {
      /**
       * @description Role
       * @enum {string}
       */
      role:
        | 'student'
        | 'school_manager'
        | 'professor'
        | 'district_expert'
        | 'support_agent'
        | 'helpdesk_supervisor'
        | 'sms_customer'
        | 'reseller'
        | 'portal_user'
        | 'office_user'
        | 'admin';
      /** @description Scopes, `<kind>:<code>`, such as `school:10023`; empty for a role that has none */
      scopes: string[];
    };
    RowErrorDto: {
      /** @description Row as a spreadsheet shows it; in a typed list the position from 1 */
      row: number;
      /** @description What stands there, cut to 64 characters; of a duplicate in a file its number, 09... */
      value: string;
      /** @description Reason code: of the number, or `duplicate` */
      reason: string;
      /** @description Of a duplicate: the row where its number stood first */
      firstRow?: number;
    };
    SecretaryBodyDto: {
      /** @description Answer to every sender, at most once a day each and paid like any message; null: no answers */
      text: string | null;
    };
    SecurityWarningDto: {
      /**
       * @description `default_password`: an issued password is still in use, and this stays until it is changed. `new_device`: a sign-in from a device and network not seen for 90 days. `failed_tries`: wrong passwords or codes. `mobile_changed`, `email_changed`: the registered one is another, and a password can be reset by it. `change_stopped`: somebody else had changed where codes go, and the owner refused it. `refresh_reused`: a copy of a session's secret was used, and the session was ended
       * @enum {string}
       */
      code:
        | 'default_password'
        | 'new_device'
        | 'failed_tries'
        | 'mobile_changed'
        | 'email_changed'
        | 'change_stopped'
        | 'refresh_reused';
      /**
       * Format: date-time
       * @description Last time
       */
      at: string;
      /** @description How often since the warnings were last seen */
      times: number;
      /** @description User agent of the last time */
      device?: string;
      /** @description Network address of the last time */
      address?: string;
    };
    SecurityWarningsDto: {
      /** @description At most one of each code, the newest first */
      warnings: components['schemas']['SecurityWarningDto'][];
    };
    SendChangeBodyDto: {
      /** @description Message text */
      text?: string;
      /** @description Title for reports */
      title?: string;
      /** @description To whom */
      recipients?: components['schemas']['RecipientsDto'];
      /**
       * Format: date-time
       * @description When; of the first occurrence of a repetition also what all others are reckoned from, of a later one before the next one
       */
      sendAt?: string;
    };
    SendCountsDto: {
      /** @description Waiting or on the way to the operator */
      queued: number;
      /** @description Taken by the operator, no receipt yet */
      sent: number;
      /** @description Delivered */
      delivered: number;
      /** @description Reported undelivered */
      undelivered: number;
      /** @description Refused by the operator */
      failed: number;
      /** @description Recipient refuses such messages */
      blocked: number;
      /** @description Cancelled before sending */
      cancelled: number;
      /** @description Written to the operator, answer unknown: never sent again blindly */
      inDoubt: number;
      /** @description Taken by the operator, no receipt within the link's time */
      unreported: number;
    };
    SendDto: {
      /**
       * Format: uuid
       * @description Send id
       */
      id: string;
      /** @description Title */
      title: string;
      /**
       * @description State
       * @enum {string}
       */
      state:
        | 'scheduled'
        | 'suspended'
        | 'placing'
        | 'queued'
        | 'sending'
        | 'paused'
        | 'cancelling'
        | 'cancelled'
        | 'finished'
        | 'refused'
        | 'missed';
      /** @description Error code when refused or missed */
      refusal?: string | null;
      /**
       * @description One recipient or more (SMS-217)
       * @enum {string}
       */
      kind: 'single' | 'group';
      /**
       * @description Lane
       * @enum {string}
       */
      lane: 'otp' | 'transactional' | 'bulk';
      /** @description Sender line */
      line: components['schemas']['LineDto'];
      /** @description Text */
      text: string;
      /** @description Parts of one message */
      parts: number;
      /** @description Recipients */
      recipients: number;
      /**
       * Format: uuid
       * @description The recipient list that it goes to; lists stay as they are
       */
      listId: string;
      /** @description Position in the list of its first recipient, from 1 */
      row: number;
      /** @description Messages by state */
      counts: components['schemas']['SendCountsDto'];
      /** @description Money */
      money: components['schemas']['SendMoneyDto'];
      /** @description Parts a second that left in the last seconds */
      partsPerSecond: number;
      /**
       * Format: date-time
       * @description Accepted at
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Planned for
       */
      sendAt?: string | null;
      /** @description Repetition */
      repeat?: components['schemas']['RepeatDto'] | null;
      /** @description Which occurrence of its repetition this is, from 1 */
      repeatNo?: number;
      /**
       * Format: uuid
       * @description The repeated send that this one is an occurrence of
       */
      repeatOf?: string | null;
      /**
       * Format: date-time
       * @description Waits for the line's sending hours until
       */
      waitsUntil?: string | null;
      /**
       * Format: date-time
       * @description First message left at
       */
      startedAt?: string | null;
      /**
       * Format: date-time
       * @description Last message left the queue at
       */
      finishedAt?: string | null;
      /**
       * Format: date-time
       * @description Its single messages are too old to be kept and were removed then: no message, breakdown or report of it is answered any more. Absent: they are there
       */
      messagesRemovedAt?: string;
    };
    SendInterventionBodyDto: {
      /**
       * @description pause: nothing more leaves within two seconds; resume: it goes on where it stopped; cancel: what has not left is cancelled and its credit released
       * @enum {string}
       */
      act: 'pause' | 'resume' | 'cancel';
      /** @description Why; stands in the audit log */
      reason: string;
    };
    SendMoneyDto: {
      /** @description Quoted price of the whole send, Rial; of a scheduled one asked anew when its time comes */
      quotedRials: number;
      /** @description What it was planned to cost, the occurrence before or when it was scheduled, Rial; only where the price of its day is dearer by more than `SMS_DEARER_PERCENT` */
      plannedRials?: number | null;
      /** @description Charged for parts that the operator took, Rial */
      chargedRials: number;
      /** @description Given back: not sent, failed, blocked or cancelled, Rial */
      releasedRials: number;
      /** @description Paid back for undelivered messages on a line that does so, Rial */
      refundedRials: number;
      /** @description The hold in the ledger has ended; nothing more moves but refunds */
      settled: boolean;
    };
    SendRecipientDto: {
      /** @description Position in the send, from 1; that of its message */
      position: number;
      /** @description Recipient, 98... */
      msisdn: string;
      /**
       * @description Operator
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
    };
    SendRecipientsDto: {
      /** @description By position */
      recipients: components['schemas']['SendRecipientDto'][];
      /** @description How many there are over all pages */
      total: number;
      /** @description The list of the send was deleted: nobody is known any more. Absent: it is there */
      listDeleted?: boolean;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    SendRequestBodyDto: {
      /**
       * Format: uuid
       * @description Sender line
       */
      lineId: string;
      /** @description Message text */
      text: string;
      /** @description To whom */
      recipients: components['schemas']['RecipientsDto'];
      /** @description Chosen by the client; a repeat gives the same send back */
      idempotencyKey?: string;
      /** @description Title for reports */
      title?: string;
      /**
       * Format: date-time
       * @description When; absent: now (SMS-006)
       */
      sendAt?: string;
      /** @description Repetition */
      repeat?: components['schemas']['RepeatDto'];
      /**
       * @description Lane: otp (1 recipient), transactional (up to 100), bulk
       * @enum {string}
       */
      lane?: 'otp' | 'transactional' | 'bulk';
    };
    SendsDto: {
      /** @description In the order asked for */
      sends: components['schemas']['SendDto'][];
      /** @description On the first page: how many there are over all pages, unless they are searched or more than 10,000 */
      total?: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    SessionDto: {
      /** @description Access token, sent as `Authorization: Bearer` */
      accessToken: string;
      /**
       * Format: date-time
       * @description End of the access token
       */
      accessExpiresAt: string;
      /** @description Who is signed in */
      account: components['schemas']['AccountDto'];
    };
    SetPasswordDto: {
      /** @description For `POST /api/v1/passwords/first`, once */
      token: string;
      /**
       * Format: date-time
       * @description End of the token
       */
      expiresAt: string;
    };
    SignInDto: {
      /** @description Username, any digit form */
      username: string;
      /** @description Password */
      password: string;
      /** @description Stay signed in for 15 days (IDN-005) */
      remember?: boolean;
    };
    SignInRecordDto: {
      /**
       * Format: uuid
       * @description Id
       */
      id: string;
      /**
       * Format: date-time
       * @description When
       */
      at: string;
      /**
       * @description How
       * @enum {string}
       */
      method: 'password' | 'first_password' | 'code' | 'sign_up';
      /**
       * @description What came of it
       * @enum {string}
       */
      outcome: 'ok' | 'set_password' | 'failed';
      /** @description User agent */
      device: string;
      /** @description Network address */
      address: string;
      /** @description Nobody had signed in from there within 90 days */
      newDevice: boolean;
    };
    SignInRecordsDto: {
      /** @description Tries to sign in, the newest first; of one year */
      signIns: components['schemas']['SignInRecordDto'][];
      /** @description Absent on the last page */
      nextCursor?: string;
    };
    SignUpCodeDto: {
      /**
       * @description Who signs up
       * @enum {string}
       */
      kind: 'sms_customer' | 'portal_user';
      /** @description Wanted username: 3 to 50 Latin or Persian letters, digits, dots, dashes and underscores, a letter first */
      username: string;
      /** @description Full name, or the name of the company */
      name: string;
      /** @description E-mail */
      email?: string;
      /** @description Password */
      password: string;
      /** @description Code of the chosen plan; of an SMS customer only */
      plan?: string;
      /** @description Referral code of whoever introduced this customer (IDN-217) */
      referralCode?: string;
      /** @description Mobile, any usual writing and digits */
      mobile: string;
      /** @description Version of the terms that were read and accepted (IDN-032); it has to be the current one */
      termsVersion: number;
    };
    SignUpDraftDto: {
      /**
       * @description Who signs up
       * @enum {string}
       */
      kind: 'sms_customer' | 'portal_user';
      /** @description Wanted username: 3 to 50 Latin or Persian letters, digits, dots, dashes and underscores, a letter first */
      username: string;
      /** @description Full name, or the name of the company */
      name: string;
      /** @description E-mail */
      email?: string;
      /** @description Password */
      password: string;
      /** @description Code of the chosen plan; of an SMS customer only */
      plan?: string;
      /** @description Referral code of whoever introduced this customer (IDN-217) */
      referralCode?: string;
    };
    SignUpDto: {
      /**
       * @description Who signs up
       * @enum {string}
       */
      kind: 'sms_customer' | 'portal_user';
      /** @description Wanted username: 3 to 50 Latin or Persian letters, digits, dots, dashes and underscores, a letter first */
      username: string;
      /** @description Full name, or the name of the company */
      name: string;
      /** @description E-mail */
      email?: string;
      /** @description Password */
      password: string;
      /** @description Code of the chosen plan; of an SMS customer only */
      plan?: string;
      /** @description Referral code of whoever introduced this customer (IDN-217) */
      referralCode?: string;
      /**
       * Format: uuid
       * @description `requestId` of the answer to the request of the code
       */
      requestId: string;
      /** @description The six digits, any digit form */
      code: string;
      /** @description Version of the terms that were read and accepted (IDN-032); it has to be the current one */
      termsVersion: number;
      /** @description Stay signed in for 15 days (IDN-005) */
      remember?: boolean;
    };
    SignedInDto: {
      /** @description The session */
      session: components['schemas']['SessionDto'] | null;
      /** @description The password was an issued one; nothing is open before an own one is set */
      setPassword: components['schemas']['SetPasswordDto'] | null;
    };
    SiteContactDto: {
      /** @description Telephone of the support (SUPPORT_PHONE) */
      phone?: string;
      /** @description E-mail of the support (SUPPORT_EMAIL) */
      email?: string;
      /** @description Postal address (SUPPORT_ADDRESS) */
      address?: string;
      /** @description When somebody answers, in words (SUPPORT_HOURS) */
      hours?: string;
    };
    StateSumDto: {
      /** @description State of top-ups */
      state: string;
      /** @description How many */
      count: number;
      /** @description Sum of their amounts, Rial, without gifts */
      amountRials: number;
      /** @description Sum of their gifts, Rial */
      giftRials: number;
    };
    StatementDto: {
      /** @description Newest first */
      entries: components['schemas']['StatementEntryDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    StatementEntryDto: {
      /**
       * Format: uuid
       * @description Transfer id
       */
      transferId: string;
      /**
       * @description Kind
       * @enum {string}
       */
      kind:
        | 'topup'
        | 'gift'
        | 'trial'
        | 'credit'
        | 'capture'
        | 'refund'
        | 'purchase'
        | 'transfer'
        | 'reward'
        | 'margin'
        | 'correction';
      /** @description Ledger entries in it; more than one only for a send, where asked for by send */
      entries: number;
      /** @description Change of the wallet, Rial; negative when credit is spent */
      amountRials: number;
      /** @description Posted balance after it, Rial. By send, without `kinds` and `holdId`: the balance after the row below and this change */
      balanceRials: number;
      /** @description Reason */
      reason: string;
      /**
       * Format: uuid
       * @description The hold it belongs to (the send)
       */
      holdId?: string | null;
      /**
       * Format: date-time
       * @description When; of more entries the last
       */
      at: string;
    };
    StatementSummaryDto: {
      /**
       * Format: date-time
       * @description Not before
       */
      from: string;
      /**
       * Format: date-time
       * @description Before
       */
      to: string;
      /** @description Posted balance at `from`, Rial */
      openingRials: number;
      /** @description Posted balance at `to`: the opening balance and all sums, Rial */
      closingRials: number;
      /** @description Kinds that there were, in the order of their names */
      kinds: components['schemas']['KindSumDto'][];
    };
    TariffAddBodyDto: {
      /** @description Level that pays it */
      level: string;
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /**
       * Format: date-time
       * @description From when; absent: from now. Never in the past
       */
      validFrom?: string;
    };
    TariffDto: {
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /**
       * Format: date-time
       * @description Valid from
       */
      validFrom: string;
    };
    TariffRowDto: {
      /**
       * @description Operator of the recipient
       * @enum {string}
       */
      operator: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
      /** @description Price of one part, Rial */
      rialsPerPart: number;
      /**
       * @description Line class
       * @enum {string}
       */
      lineClass: 'advertising' | 'service';
      /**
       * @description Language
       * @enum {string}
       */
      language: 'fa' | 'en';
      /**
       * Format: date-time
       * @description Valid from
       */
      validFrom: string;
      /**
       * Format: uuid
       * @description Tariff
       */
      id: string;
      /** @description Level that pays it */
      level: string;
      /**
       * @description Where it stands in time
       * @enum {string}
       */
      time: 'past' | 'current' | 'future';
      /**
       * Format: date-time
       * @description Until when; null: no end is known
       */
      validUntil: string | null;
      /**
       * Format: uuid
       * @description Account that added it; null: the platform itself
       */
      addedBy: string | null;
    };
    TariffScheduleDto: {
      /** @description The latest to begin first */
      tariffs: components['schemas']['TariffRowDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    TariffsDto: {
      /** @description Tariffs valid now */
      tariffs: components['schemas']['TariffDto'][];
    };
    TemplateDraftDto: {
      /**
       * @description Title; spaces around it are left out
       * @example یادآوری جلسه
       */
      title: string;
      /** @description Text, kept letter by letter; at most as many parts as a send may have */
      text: string;
      /**
       * Format: uuid
       * @description Own group; null or absent: in no group
       */
      groupId?: string | null;
    };
    TemplateDto: {
      /**
       * Format: uuid
       * @description Template id
       */
      id: string;
      /** @description Title */
      title: string;
      /** @description Text */
      text: string;
      /**
       * Format: uuid
       * @description Group; null: in none
       */
      groupId: string | null;
      /**
       * @description Price language: `fa` goes as UCS-2, `en` as GSM-7 (SMS-204)
       * @enum {string}
       */
      language: 'fa' | 'en';
      /** @description Parts of one message; a line with `is66Char` may count more, as its quote says */
      parts: number;
      /** @description Length in units: septets of GSM-7 or UCS-2 code units */
      units: number;
      /** @description Letters that make the text UCS-2, each once, at most 50 */
      ucs2Letters: string;
      /**
       * Format: date-time
       * @description Created at
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description Last changed at
       */
      updatedAt: string;
    };
    TemplateGroupDraftDto: {
      /**
       * @description Name, unlike that of each other own group; spaces around it are left out
       * @example مشتریان
       */
      name: string;
    };
    TemplateGroupDto: {
      /**
       * Format: uuid
       * @description Template group id
       */
      id: string;
      /** @description Name */
      name: string;
      /** @description Templates in it */
      templates: number;
    };
    TemplateGroupRenameBodyDto: {
      /**
       * @description Name, unlike that of each other own group; spaces around it are left out
       * @example مشتریان
       */
      name: string;
    };
    TemplateGroupsDto: {
      /** @description Own groups in the order of the Persian alphabet */
      groups: components['schemas']['TemplateGroupDto'][];
    };
    TemplateUpdateBodyDto: {
      /**
       * @description Title; spaces around it are left out
       * @example یادآوری جلسه
       */
      title: string;
      /** @description Text, kept letter by letter; at most as many parts as a send may have */
      text: string;
      /**
       * Format: uuid
       * @description Own group; null or absent: in no group
       */
      groupId?: string | null;
    };
    TemplatesDto: {
      /** @description Newest first */
      templates: components['schemas']['TemplateDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    TermsDto: {
      /** @description Version; comes back with the sign-up */
      version: number;
      /**
       * Format: date-time
       * @description In force since
       */
      since: string;
      /** @description Persian text; an empty line parts paragraphs */
      text: string;
    };
    ThreadDto: {
      /**
       * Format: uuid
       * @description Thread id
       */
      id: string;
      /**
       * Format: uuid
       * @description Line id
       */
      lineId: string;
      /** @description Number of the line as the operator gave it */
      line: string;
      /** @description Who writes, 98... or as the operator gave it */
      from: string;
      /** @description Messages received */
      messages: number;
      /** @description Of those not seen yet */
      unread: number;
      /**
       * Format: uuid
       * @description Last message, for `upTo` of what was seen
       */
      lastId: string;
      /** @description Its text, at most 200 letters */
      lastText: string;
      /**
       * Format: date-time
       * @description When it was received
       */
      lastAt: string;
    };
    ThreadMessageDto: {
      /**
       * Format: uuid
       * @description Id of the received message; of an answer or an own send that send
       */
      id: string;
      /**
       * @description received, answered by the line's secretary, or sent by the customer to this number alone
       * @enum {string}
       */
      direction: 'received' | 'answered' | 'sent';
      /** @description Text, parts joined */
      text: string;
      /** @description Parts that did not come within a day; their places in the text are marked. Absent: it is whole */
      missingParts?: number;
      /**
       * Format: date-time
       * @description Received or accepted at
       */
      at: string;
      /**
       * @description answered and sent: state of the message, once there is one
       * @enum {string}
       */
      state?:
        | 'queued'
        | 'sent'
        | 'delivered'
        | 'undelivered'
        | 'failed'
        | 'blocked'
        | 'cancelled'
        | 'in_doubt'
        | 'unreported';
      /**
       * @description sent: state of the send
       * @enum {string}
       */
      sendState?:
        | 'scheduled'
        | 'suspended'
        | 'placing'
        | 'queued'
        | 'sending'
        | 'paused'
        | 'cancelling'
        | 'cancelled'
        | 'finished'
        | 'refused'
        | 'missed';
      /** @description sent: parts */
      parts?: number;
      /** @description sent: what it costs, Rial: charged less paid back once it has ended, else its price */
      costRials?: number;
    };
    ThreadMessagesDto: {
      /** @description The thread as it is now */
      thread: components['schemas']['ThreadDto'];
      /** @description Newest first; `limit` counts what was received, answers and at most 400 own sends come along */
      messages: components['schemas']['ThreadMessageDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    ThreadSeenBodyDto: {
      /**
       * Format: uuid
       * @description Last message that was seen; what came after it stays unread
       */
      upTo: string;
    };
    ThreadsDto: {
      /** @description The one with the newest message first */
      threads: components['schemas']['ThreadDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    TopupDto: {
      /**
       * Format: uuid
       * @description Top-up id
       */
      id: string;
      /**
       * Format: uuid
       * @description Whose wallet
       */
      customerId: string;
      /**
       * @description Bank
       * @enum {string}
       */
      bank: 'mellat' | 'zarinpal';
      /** @description Persian name of the bank */
      bankTitle: string;
      /**
       * @description State
       * @enum {string}
       */
      state:
        | 'created'
        | 'sent'
        | 'unknown'
        | 'verified'
        | 'credited'
        | 'cancelled'
        | 'failed'
        | 'expired'
        | 'reversed'
        | 'unresolved';
      /** @description What is paid, Rial */
      amountRials: number;
      /** @description Gift credit that was promised when it was begun, Rial (BIL-007) */
      giftRials: number;
      /** @description Final charge: amount + gift, Rial (BIL-004) */
      totalRials: number;
      /** @description What the state means, in Persian, for the person */
      message: string;
      /** @description The bank's last code */
      bankCode?: string | null;
      /** @description Reference number of the payment at the bank (BIL-214) */
      referenceNumber?: string | null;
      /** @description Card, masked by the bank */
      card?: string | null;
      /** @description Page that leads to the bank; null when it can no longer be paid */
      payUrl?: string | null;
      /**
       * Format: date-time
       * @description Begun
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description In the wallet since
       */
      creditedAt?: string | null;
    };
    TopupReceiptDto: {
      /**
       * Format: uuid
       * @description Top-up id
       */
      topupId: string;
      /** @description Who paid */
      customerName: string;
      /** @description Persian name of the bank */
      bankTitle: string;
      /** @description Number of our request at the bank */
      orderNumber: string;
      /** @description Reference number of the payment at the bank */
      referenceNumber: string;
      /** @description Card, masked by the bank */
      card?: string | null;
      /** @description Paid, Rial */
      amountRials: number;
      /** @description Gift credit, Rial */
      giftRials: number;
      /** @description Credited in all, Rial */
      totalRials: number;
      /**
       * Format: date-time
       * @description In the wallet since
       */
      creditedAt: string;
    };
    TopupRequestDraftBodyDto: {
      /** @description Amount asked for, Rial */
      amountRials: number;
      /** @description Note to the reseller */
      note?: string;
      /** @description Chosen by the client; a repeat gives the same request back */
      idempotencyKey?: string;
    };
    TopupRequestRefusalBodyDto: {
      /** @description Why; the user reads it */
      reason: string;
    };
    TopupRequestsDto: {
      /** @description Newest first */
      requests: components['schemas']['UserTopupRequestDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    TopupTomanBodyDto: {
      /** @description Amount to pay, Toman (1 Toman = 10 Rial) */
      amountToman: number;
      /**
       * @description Bank to pay with
       * @enum {string}
       */
      bank: 'mellat' | 'zarinpal';
      /** @description Chosen by the client; a repeat gives the same top-up back */
      idempotencyKey?: string;
    };
    TopupsDto: {
      /** @description Newest first */
      topups: components['schemas']['TopupDto'][];
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    UnlinedMessageDto: {
      /**
       * Format: uuid
       * @description Id
       */
      id: string;
      /**
       * Format: uuid
       * @description Link that it came over
       */
      linkId: string;
      /** @description Name of the link; empty: it is gone */
      link: string;
      /** @description Sender, 98... or as the operator gave it */
      from: string;
      /** @description Number that it came to, as the operator wrote it */
      to: string;
      /** @description Text, parts joined */
      text: string;
      /** @description Parts that did not come within a day; their places in the text are marked. Absent: it is whole */
      missingParts?: number;
      /**
       * Format: date-time
       * @description Received at
       */
      receivedAt: string;
    };
    UnlinedMessagesDto: {
      /** @description Newest first */
      messages: components['schemas']['UnlinedMessageDto'][];
      /** @description How many there are over all pages; 10,000 stands for more */
      total: number;
      /** @description Cursor of the next page; absent on the last */
      nextCursor?: string;
    };
    UnreadDto: {
      /** @description Messages */
      messages: number;
      /** @description Threads with such */
      threads: number;
    };
    UserTopupRequestDto: {
      /**
       * Format: uuid
       * @description Request
       */
      id: string;
      /**
       * Format: uuid
       * @description User that asks
       */
      customerId: string;
      /** @description Its name */
      customerName: string;
      /**
       * Format: uuid
       * @description Reseller that is asked
       */
      resellerId: string;
      /**
       * @description State
       * @enum {string}
       */
      state: 'open' | 'approved' | 'refused' | 'withdrawn' | 'expired';
      /** @description Amount asked for, Rial */
      amountRials: number;
      /** @description Note to the reseller */
      note: string;
      /** @description Why it was refused */
      refusal: string | null;
      /**
       * Format: date-time
       * @description Asked
       */
      createdAt: string;
      /**
       * Format: date-time
       * @description If nobody decides, it ends then
       */
      expiresAt: string;
      /**
       * Format: date-time
       * @description Ended
       */
      endedAt: string | null;
    };
    UserTransferBodyDto: {
      /** @description Amount, Rial */
      amountRials: number;
      /** @description Shown to both in the statement */
      note?: string;
      /** @description Chosen by the client; a repeat with the same terms changes nothing */
      idempotencyKey?: string;
    };
    UserTransferMadeDto: {
      /**
       * Format: uuid
       * @description Transfer, as it stands in both statements
       */
      transferId: string;
      /**
       * Format: uuid
       * @description User that got the credit
       */
      customerId: string;
      /** @description Amount, Rial */
      amountRials: number;
      /** @description The reseller's available credit after it, Rial */
      availableRials: number;
    };
    UsernameAddBodyDto: {
      /** @description Username, any digit form and case */
      username: string;
      /**
       * @description What it is
       * @enum {string}
       */
      kind: 'professor_code' | 'school_code' | 'student_code' | 'personnel_code' | 'office_number' | 'chosen';
      /** @description Take it from the account that has it, as a school code that goes to the next manager (admin only) */
      takeOver?: boolean;
    };
    UsernameAvailableDto: {
      /** @description As it would be stored */
      username: string;
      /** @description Nobody has it */
      available: boolean;
    };
    UsernameDto: {
      /**
       * @description Username; any digit form and case is taken, stored in one (IDN-213)
       * @example 1405
       */
      username: string;
      /**
       * @description What it is
       * @enum {string}
       */
      kind: 'professor_code' | 'school_code' | 'student_code' | 'personnel_code' | 'office_number' | 'chosen';
    };
    WalletAlertDto: {
      /** @description Warn when the available credit falls below, Rial; null: never */
      alertRials: number | null;
    };
    WalletDto: {
      /**
       * Format: uuid
       * @description Owner account
       */
      customerId: string;
      /** @description Posted balance, Rial */
      postedRials: number;
      /** @description Held for running sends, Rial */
      heldRials: number;
      /** @description posted - held, Rial */
      availableRials: number;
      /** @description Its owner is warned when the available credit falls below, Rial; null: never */
      alertRials: number | null;
    };
  };
  responses: never;
  parameters: never;
  requestBodies: never;
  headers: never;
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  identitySessionsSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignInDto'];
      };
    };
    responses: {
      /** @description SignedInDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInDto'];
        };
      };
    };
  };
  identitySessionsRefresh: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SessionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionDto'];
        };
      };
    };
  };
  identitySessionsSignOut: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityAccountsMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ProfileDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileDto'];
        };
      };
    };
  };
  identityAccountsUpdateMe: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ProfileUpdateDto'];
      };
    };
    responses: {
      /** @description ProfileDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ProfileDto'];
        };
      };
    };
  };
  identityAccountsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description A whole national code or mobile, the beginning of a username, or beginnings of words of the name; any digit form */
        search?: string;
        /** @description Only accounts with this role */
        role?:
          | 'student'
          | 'school_manager'
          | 'professor'
          | 'district_expert'
          | 'support_agent'
          | 'helpdesk_supervisor'
          | 'sms_customer'
          | 'reseller'
          | 'portal_user'
          | 'office_user'
          | 'admin';
        /** @description Only accounts with a role limited to this, such as `school:10023` */
        scope?: string;
        /** @description Only disabled ones, or only the others */
        disabled?: boolean;
        /** @description Only users of this reseller */
        resellerId?: string;
        /** @description Only customers and resellers who lack what the entry needs (`incomplete`), or only the others */
        incomplete?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountsDto'];
        };
      };
    };
  };
  identityAccountsCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccountCreateDto'];
      };
    };
    responses: {
      /** @description AccountDetailsDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsUpdate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccountUpdateBodyDto'];
      };
    };
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsSetRoles: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['AccountRolesBodyDto'];
      };
    };
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsDisable: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsEnable: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsSignOut: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityAccountsUnlock: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityAccountsIssuePassword: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsAddUsername: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UsernameAddBodyDto'];
      };
    };
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityAccountsRemoveUsername: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
        /** @description Username, any digit form and case */
        username: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AccountDetailsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AccountDetailsDto'];
        };
      };
    };
  };
  identityContactsChanges: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ContactChangesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactChangesDto'];
        };
      };
    };
  };
  identityContactsApprove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Account id */
        accountId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ContactChangesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactChangesDto'];
        };
      };
    };
  };
  identityContactsRequestOwnMobile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OwnMobileCodesDto'];
      };
    };
    responses: {
      /** @description OwnMobileRequestedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnMobileRequestedDto'];
        };
      };
    };
  };
  identityContactsChangeOwnMobile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OwnMobileDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityContactsStop: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ContactStopDto'];
      };
    };
    responses: {
      /** @description ContactStoppedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ContactStoppedDto'];
        };
      };
    };
  };
  identityBarcodesMine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BarcodeDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BarcodeDto'];
        };
      };
    };
  };
  identityBarcodesRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BarcodeTextDto'];
      };
    };
    responses: {
      /** @description BarcodeOwnerDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BarcodeOwnerDto'];
        };
      };
    };
  };
  identityAuditList: {
    parameters: {
      query?: {
        /** @description Only about this account */
        accountId?: string;
        /** @description Only what this account did */
        actorId?: string;
        /** @description Only actions that begin with this, such as `sign_in.` or `account.updated` */
        action?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AuditDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AuditDto'];
        };
      };
    };
  };
  identityAuditListAsCsv: {
    parameters: {
      query?: {
        /** @description Only about this account */
        accountId?: string;
        /** @description Only what this account did */
        actorId?: string;
        /** @description Only actions that begin with this, such as `sign_in.` or `account.updated` */
        action?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line an entry, newest first, Persian headings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  identitySessionsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OwnSessionsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnSessionsDto'];
        };
      };
    };
  };
  identitySessionsEnd: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Session id */
        sessionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identitySessionsEndOthers: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description EndedSessionsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedSessionsDto'];
        };
      };
    };
  };
  identitySessionsEndAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description EndedSessionsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['EndedSessionsDto'];
        };
      };
    };
  };
  identitySignInsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SignInRecordsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignInRecordsDto'];
        };
      };
    };
  };
  identityAccountsWarnings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SecurityWarningsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SecurityWarningsDto'];
        };
      };
    };
  };
  identityAccountsSeeWarnings: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityCodesRequest: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeRequestDto'];
      };
    };
    responses: {
      /** @description CodeRequestedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CodeRequestedDto'];
        };
      };
    };
  };
  identityCodesSignIn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CodeSignInDto'];
      };
    };
    responses: {
      /** @description SignedInDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInDto'];
        };
      };
    };
  };
  identityBaleStatus: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BaleStatusDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BaleStatusDto'];
        };
      };
    };
  };
  identityBaleUnlink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityBaleLink: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BaleLinkDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BaleLinkDto'];
        };
      };
    };
  };
  identityPasswordsSetFirst: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['FirstPasswordDto'];
      };
    };
    responses: {
      /** @description SessionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionDto'];
        };
      };
    };
  };
  identityPasswordsReset: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResetPasswordDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identityPasswordsChange: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ChangePasswordDto'];
      };
    };
    responses: {
      /** @description SessionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SessionDto'];
        };
      };
    };
  };
  identityApiKeysList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ApiKeysDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKeysDto'];
        };
      };
    };
  };
  identityApiKeysCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ApiKeyDraftDto'];
      };
    };
    responses: {
      /** @description NewApiKeyDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['NewApiKeyDto'];
        };
      };
    };
  };
  identityApiKeysRevoke: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id of the key */
        keyId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identitySignUpsCheck: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignUpDraftDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  identitySignUpsRequestCode: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignUpCodeDto'];
      };
    };
    responses: {
      /** @description CodeRequestedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CodeRequestedDto'];
        };
      };
    };
  };
  identitySignUpsComplete: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SignUpDto'];
      };
    };
    responses: {
      /** @description SignedInDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SignedInDto'];
        };
      };
    };
  };
  identitySignUpsAvailable: {
    parameters: {
      query: {
        /** @description Wanted username */
        username: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description UsernameAvailableDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UsernameAvailableDto'];
        };
      };
    };
  };
  identityTermsRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TermsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TermsDto'];
        };
      };
    };
  };
  identityReferralsRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ReferralsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReferralsDto'];
        };
      };
    };
  };
  billingPlansList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description PlansDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlansDto'];
        };
      };
    };
  };
  billingPlansOwn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OwnPlanDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnPlanDto'];
        };
      };
    };
  };
  billingPlansBuy: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `idempotencyKey` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanBuyBodyDto'];
      };
    };
    responses: {
      /** @description PlanPurchaseDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlanPurchaseDto'];
        };
      };
    };
  };
  billingPlansListAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AllPlansDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AllPlansDto'];
        };
      };
    };
  };
  billingPlansSave: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Code; a new one makes a new plan */
        planCode: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PlanSaveBodyDto'];
      };
    };
    responses: {
      /** @description PlanAdminDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlanAdminDto'];
        };
      };
    };
  };
  billingPromotionsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description PromotionsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PromotionsDto'];
        };
      };
    };
  };
  billingPromotionsSave: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Chosen by the caller; a new one makes a new promotion */
        promotionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['PromotionSaveBodyDto'];
      };
    };
    responses: {
      /** @description PromotionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PromotionDto'];
        };
      };
    };
  };
  billingPromotionsEnd: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Promotion */
        promotionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description PromotionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PromotionDto'];
        };
      };
    };
  };
  billingTariffsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TariffsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TariffsDto'];
        };
      };
    };
  };
  billingTariffsOwn: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OwnTariffsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnTariffsDto'];
        };
      };
    };
  };
  billingTariffsSchedule: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only of this level */
        level?: string;
        /** @description Only of this line class */
        lineClass?: 'advertising' | 'service';
        /** @description Only of this language */
        language?: 'fa' | 'en';
        /** @description Only of this operator */
        operator?: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
        /** @description Only those that stand so in time */
        time?: 'past' | 'current' | 'future';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TariffScheduleDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TariffScheduleDto'];
        };
      };
    };
  };
  billingTariffsAdd: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Chosen by the caller; a repeat with the same terms changes nothing */
        tariffId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TariffAddBodyDto'];
      };
    };
    responses: {
      /** @description TariffRowDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TariffRowDto'];
        };
      };
    };
  };
  billingTariffsWithdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Tariff */
        tariffId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  billingLevelsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LevelsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LevelsDto'];
        };
      };
    };
  };
  billingLevelsSave: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Code of the level */
        level: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LevelBodyDto'];
      };
    };
    responses: {
      /** @description LevelDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LevelDto'];
        };
      };
    };
  };
  billingLevelsSet: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Customer */
        customerId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CustomerLevelSetBodyDto'];
      };
    };
    responses: {
      /** @description CustomerLevelDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CustomerLevelDto'];
        };
      };
    };
  };
  billingLevelsChanges: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Customer */
        customerId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LevelChangesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LevelChangesDto'];
        };
      };
    };
  };
  billingGiftsQuote: {
    parameters: {
      query: {
        /** @description Amount that would be topped up, Toman */
        amountToman: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description GiftQuoteDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GiftQuoteDto'];
        };
      };
    };
  };
  billingTiersList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description GiftTiersDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GiftTiersDto'];
        };
      };
    };
  };
  billingTiersSets: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description GiftTierSetsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GiftTierSetsDto'];
        };
      };
    };
  };
  billingTiersReplace: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Chosen by the caller; a repeat with the same terms changes nothing */
        tierSetId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['GiftTierSetAddBodyDto'];
      };
    };
    responses: {
      /** @description GiftTierSetDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['GiftTierSetDto'];
        };
      };
    };
  };
  billingTiersWithdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Tier set */
        tierSetId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  billingWalletsRead: {
    parameters: {
      query?: {
        /** @description Owner; another than oneself only for admin and services */
        customerId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description WalletDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WalletDto'];
        };
      };
    };
  };
  billingWalletsStatement: {
    parameters: {
      query?: {
        /** @description Owner; another than oneself only for admin */
        customerId?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
        /** @description Only these kinds */
        kinds?: (
          | 'topup'
          | 'gift'
          | 'trial'
          | 'credit'
          | 'capture'
          | 'refund'
          | 'purchase'
          | 'transfer'
          | 'reward'
          | 'margin'
          | 'correction'
        )[];
        /** @description Only entries of this hold (send) */
        holdId?: string;
        /** @description Opaque cursor */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description One row a send: what was charged and paid back for it in the period, at the place of its last entry. A page may then have fewer rows than asked for though more follow */
        bySend?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description StatementDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatementDto'];
        };
      };
    };
  };
  billingWalletsSummary: {
    parameters: {
      query: {
        /** @description Owner; another than oneself only for admin */
        customerId?: string;
        /** @description Not before */
        from: string;
        /** @description Before; at most 400 days after `from` */
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description StatementSummaryDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['StatementSummaryDto'];
        };
      };
    };
  };
  billingWalletsStatementAsCsv: {
    parameters: {
      query?: {
        /** @description Owner; another than oneself only for admin */
        customerId?: string;
        /** @description Not before */
        from?: string;
        /** @description Before */
        to?: string;
        /** @description Only these kinds */
        kinds?: (
          | 'topup'
          | 'gift'
          | 'trial'
          | 'credit'
          | 'capture'
          | 'refund'
          | 'purchase'
          | 'transfer'
          | 'reward'
          | 'margin'
          | 'correction'
        )[];
        /** @description Only entries of this hold (send) */
        holdId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line a send, and one each other entry, newest first, Persian headings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  billingWalletsStatementAsPdf: {
    parameters: {
      query: {
        /** @description Owner; another than oneself only for admin */
        customerId?: string;
        /** @description Not before */
        from: string;
        /** @description Before; at most 400 days after `from` */
        to: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Persian, A4: sums by kind, then one row a send and each other entry, the oldest first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/pdf': string;
        };
      };
    };
  };
  billingWalletsSetAlert: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['WalletAlertDto'];
      };
    };
    responses: {
      /** @description WalletDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['WalletDto'];
        };
      };
    };
  };
  billingCorrectionsList: {
    parameters: {
      query?: {
        /** @description Only in this state */
        state?: 'awaiting' | 'posted' | 'refused' | 'expired';
        /** @description Only of this wallet */
        customerId?: string;
        /** @description Opaque cursor */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description CorrectionsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CorrectionsDto'];
        };
      };
    };
  };
  billingCorrectionsRequest: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `correctionId` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CorrectionRequestBodyDto'];
      };
    };
    responses: {
      /** @description CorrectionDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CorrectionDto'];
        };
      };
    };
  };
  billingCorrectionsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Correction */
        correctionId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description CorrectionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CorrectionDto'];
        };
      };
    };
  };
  billingCorrectionsApprove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Correction */
        correctionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CorrectionDecisionBodyDto'];
      };
    };
    responses: {
      /** @description CorrectionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CorrectionDto'];
        };
      };
    };
  };
  billingCorrectionsRefuse: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Correction */
        correctionId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CorrectionRefusalBodyDto'];
      };
    };
    responses: {
      /** @description CorrectionDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['CorrectionDto'];
        };
      };
    };
  };
  billingUsersList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only this customer */
        customerId?: string;
        /** @description Only users of this reseller; another than oneself only for admin */
        resellerId?: string;
        /** @description Period of the use from; absent: 30 days before its end */
        from?: string;
        /** @description Period of the use up to, at most 366 days after `from`; absent: now */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ResellerUsersDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResellerUsersDto'];
        };
      };
    };
  };
  billingUsersTransfer: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `idempotencyKey` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path: {
        /** @description User that gets the credit */
        customerId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['UserTransferBodyDto'];
      };
    };
    responses: {
      /** @description UserTransferMadeDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserTransferMadeDto'];
        };
      };
    };
  };
  billingResellerTariffsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ResellerTariffsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResellerTariffsDto'];
        };
      };
    };
  };
  billingResellerTariffsSet: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ResellerTariffSetDto'];
      };
    };
    responses: {
      /** @description ResellerTariffDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ResellerTariffDto'];
        };
      };
    };
  };
  billingTopupRequestsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only in this state */
        state?: 'open' | 'approved' | 'refused' | 'withdrawn' | 'expired';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupRequestsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupRequestsDto'];
        };
      };
    };
  };
  billingTopupRequestsApprove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Request */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description UserTopupRequestDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserTopupRequestDto'];
        };
      };
    };
  };
  billingTopupRequestsRefuse: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Request */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TopupRequestRefusalBodyDto'];
      };
    };
    responses: {
      /** @description UserTopupRequestDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserTopupRequestDto'];
        };
      };
    };
  };
  billingTopupRequestsMine: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only in this state */
        state?: 'open' | 'approved' | 'refused' | 'withdrawn' | 'expired';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupRequestsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupRequestsDto'];
        };
      };
    };
  };
  billingTopupRequestsCreate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `idempotencyKey` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TopupRequestDraftBodyDto'];
      };
    };
    responses: {
      /** @description UserTopupRequestDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserTopupRequestDto'];
        };
      };
    };
  };
  billingTopupRequestsWithdraw: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Request */
        requestId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description UserTopupRequestDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UserTopupRequestDto'];
        };
      };
    };
  };
  billingClubRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ClubDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ClubDto'];
        };
      };
    };
  };
  billingClubSettingsRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OwnClubSettingsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnClubSettingsDto'];
        };
      };
    };
  };
  billingClubSettingsSave: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ClubSettingsDto'];
      };
    };
    responses: {
      /** @description OwnClubSettingsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OwnClubSettingsDto'];
        };
      };
    };
  };
  billingClubRewardsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only in this state */
        state?: 'awaiting' | 'granted' | 'refused';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RewardsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RewardsDto'];
        };
      };
    };
  };
  billingClubRewardsApprove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Reward */
        rewardId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RewardDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RewardDto'];
        };
      };
    };
  };
  billingClubRewardsRefuse: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Reward */
        rewardId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RewardRefusalBodyDto'];
      };
    };
    responses: {
      /** @description RewardDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RewardDto'];
        };
      };
    };
  };
  billingTopupsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only in this state */
        state?:
          | 'created'
          | 'sent'
          | 'unknown'
          | 'verified'
          | 'credited'
          | 'cancelled'
          | 'failed'
          | 'expired'
          | 'reversed'
          | 'unresolved';
        /** @description Only of this customer; another than oneself only for admin */
        customerId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupsDto'];
        };
      };
    };
  };
  billingTopupsCreate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `idempotencyKey` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TopupTomanBodyDto'];
      };
    };
    responses: {
      /** @description TopupDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupDto'];
        };
      };
    };
  };
  billingTopupsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Top-up id */
        topupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupDto'];
        };
      };
    };
  };
  billingTopupsReceipt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Top-up id */
        topupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupReceiptDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupReceiptDto'];
        };
      };
    };
  };
  billingTopupsReceiptAsPdf: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Top-up id */
        topupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Persian, one page */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/pdf': string;
        };
      };
    };
  };
  billingTopupsCheck: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Top-up id */
        topupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TopupDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TopupDto'];
        };
      };
    };
  };
  billingBanksList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BanksDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BanksDto'];
        };
      };
    };
  };
  billingBanksSwitch: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Bank */
        bank: 'mellat' | 'zarinpal';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BankSwitchBodyDto'];
      };
    };
    responses: {
      /** @description BankDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BankDto'];
        };
      };
    };
  };
  billingBankReportsList: {
    parameters: {
      query?: {
        /** @description Only of this bank */
        bank?: 'mellat' | 'zarinpal';
        /** @description Opaque cursor */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BankReportsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BankReportsDto'];
        };
      };
    };
  };
  billingBankReportsRun: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['BankReportRunDto'];
      };
    };
    responses: {
      /** @description BankReportDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BankReportDto'];
        };
      };
    };
  };
  billingTopupsOutcome: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Top-up id */
        topupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description PaymentOutcomeDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PaymentOutcomeDto'];
        };
      };
    };
  };
  smsActivityRead: {
    parameters: {
      query?: {
        /** @description Days until today, today included; 30 unless told */
        days?: number;
        /** @description All customers together: administrators only, else `access.denied` */
        everybody?: boolean;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ActivityDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ActivityDto'];
        };
      };
    };
  };
  gatewaySiteContactRead: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SiteContactDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SiteContactDto'];
        };
      };
    };
  };
  smsOptOutsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description A whole number in any writing, or its beginning (98..., 09...) of at least four digits */
        search?: string;
        /** @description Only what came so */
        source?: 'message' | 'panel' | 'api' | 'admin';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description OptOutsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OptOutsDto'];
        };
      };
    };
  };
  smsOptOutsAdd: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OptOutsAddDto'];
      };
    };
    responses: {
      /** @description OptOutsAddedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OptOutsAddedDto'];
        };
      };
    };
  };
  smsOptOutsListAsCsv: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description A whole number in any writing, or its beginning (98..., 09...) of at least four digits */
        search?: string;
        /** @description Only what came so */
        source?: 'message' | 'panel' | 'api' | 'admin';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line an opt-out, newest first, Persian headings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  smsOptOutsRemove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Opt-out id */
        optOutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OptOutRemovalBodyDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  smsOptOutsListAll: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description A whole number in any writing, or its beginning (98..., 09...) of at least four digits */
        search?: string;
        /** @description Only what came so */
        source?: 'message' | 'panel' | 'api' | 'admin';
        /** @description Only those of this customer and its lines */
        customerId?: string;
        /** @description Only those of this reach */
        reach?: 'line' | 'customer' | 'platform';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AdminOptOutsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminOptOutsDto'];
        };
      };
    };
  };
  smsOptOutsAddForAll: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OptOutsAddDto'];
      };
    };
    responses: {
      /** @description OptOutsAddedDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['OptOutsAddedDto'];
        };
      };
    };
  };
  smsOptOutsListAllAsCsv: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description A whole number in any writing, or its beginning (98..., 09...) of at least four digits */
        search?: string;
        /** @description Only what came so */
        source?: 'message' | 'panel' | 'api' | 'admin';
        /** @description Only those of this customer and its lines */
        customerId?: string;
        /** @description Only those of this reach */
        reach?: 'line' | 'customer' | 'platform';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line an opt-out, newest first, Persian headings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  smsOptOutsRemoveAny: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Opt-out id */
        optOutId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['OptOutRemovalBodyDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  smsLinesList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LinesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinesDto'];
        };
      };
    };
  };
  smsLinesCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LineCreateDto'];
      };
    };
    responses: {
      /** @description AdminLineDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminLineDto'];
        };
      };
    };
  };
  smsLinesSetSecretary: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Line id */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SecretaryBodyDto'];
      };
    };
    responses: {
      /** @description LineDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LineDto'];
        };
      };
    };
  };
  smsInboxList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only from this number, any form */
        from?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description InboxDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['InboxDto'];
        };
      };
    };
  };
  smsInboxThreads: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Part of the number, in any digits, or beginnings of words of any one message, all of them; whatever the case, digits, half-spaces and Arabic or Persian letters */
        search?: string;
        /** @description Only of this line */
        lineId?: string;
        /** @description Only those with something unread, or only those without */
        unread?: boolean;
        /** @description Only those with a last message from then on */
        from?: string;
        /** @description Only those whose last message came before */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ThreadsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThreadsDto'];
        };
      };
    };
  };
  smsInboxThread: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Thread id */
        threadId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ThreadMessagesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThreadMessagesDto'];
        };
      };
    };
  };
  smsInboxSeen: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Thread id */
        threadId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ThreadSeenBodyDto'];
      };
    };
    responses: {
      /** @description ThreadDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ThreadDto'];
        };
      };
    };
  };
  smsInboxUnlined: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only of this link */
        linkId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description UnlinedMessagesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnlinedMessagesDto'];
        };
      };
    };
  };
  smsInboxUnread: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description UnreadDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['UnreadDto'];
        };
      };
    };
  };
  smsLinesListAll: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Part of the number, in any digits */
        search?: string;
        /** @description Only of this customer */
        customerId?: string;
        /** @description Only of this link */
        linkId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AdminLinesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminLinesDto'];
        };
      };
    };
  };
  smsLineClassesList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LineClassesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LineClassesDto'];
        };
      };
    };
  };
  smsLinesChange: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Line id */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LineChangeBodyDto'];
      };
    };
    responses: {
      /** @description AdminLineDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminLineDto'];
        };
      };
    };
  };
  smsMessagesDoubts: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only of this link */
        linkId?: string;
        /** @description Only of this send */
        sendId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description DoubtsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DoubtsDto'];
        };
      };
    };
  };
  smsLinksRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Link id */
        linkId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LinkDetailDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinkDetailDto'];
        };
      };
    };
  };
  smsLinksChange: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Link id */
        linkId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LinkChangeBodyDto'];
      };
    };
    responses: {
      /** @description LinkDetailDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinkDetailDto'];
        };
      };
    };
  };
  smsLinksDelete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Link id */
        linkId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  smsLinksList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LinksDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinksDto'];
        };
      };
    };
  };
  smsLinksCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['LinkCreateDto'];
      };
    };
    responses: {
      /** @description LinkDetailDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinkDetailDto'];
        };
      };
    };
  };
  smsLinksTest: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Link id */
        linkId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LinkTestDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinkTestDto'];
        };
      };
    };
  };
  smsLinesRetire: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Line id */
        lineId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AdminLineDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminLineDto'];
        };
      };
    };
  };
  smsLinePoolList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description LinePoolDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['LinePoolDto'];
        };
      };
    };
  };
  smsLinePoolAdd: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['NewLineDto'];
      };
    };
    responses: {
      /** @description PooledLineDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PooledLineDto'];
        };
      };
    };
  };
  smsLinePoolRemove: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Id in the pool */
        pooledId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  smsSendsListAll: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only of this customer */
        customerId?: string;
        /** @description Beginnings of words of title or text, all of them; whatever the case, digits, half-spaces and Arabic or Persian letters. At most ten count */
        search?: string;
        /** @description Only this state */
        state?:
          | 'scheduled'
          | 'suspended'
          | 'placing'
          | 'queued'
          | 'sending'
          | 'paused'
          | 'cancelling'
          | 'cancelled'
          | 'finished'
          | 'refused'
          | 'missed';
        /** @description Only of this line */
        lineId?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AdminSendsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminSendsDto'];
        };
      };
    };
  };
  smsSendsReadOfAll: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description AdminSendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminSendDto'];
        };
      };
    };
  };
  smsSendsIntervene: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendInterventionBodyDto'];
      };
    };
    responses: {
      /** @description AdminSendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['AdminSendDto'];
        };
      };
    };
  };
  smsTemplatesList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only of this own group */
        groupId?: string;
        /** @description Part of the title or text, whatever its case, digits, half-spaces and Arabic or Persian letters */
        search?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TemplatesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplatesDto'];
        };
      };
    };
  };
  smsTemplatesCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TemplateDraftDto'];
      };
    };
    responses: {
      /** @description TemplateDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateDto'];
        };
      };
    };
  };
  smsTemplatesRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Template id */
        templateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TemplateDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateDto'];
        };
      };
    };
  };
  smsTemplatesUpdate: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Template id */
        templateId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TemplateUpdateBodyDto'];
      };
    };
    responses: {
      /** @description TemplateDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateDto'];
        };
      };
    };
  };
  smsTemplatesDelete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Template id */
        templateId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  smsTemplateGroupsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description TemplateGroupsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateGroupsDto'];
        };
      };
    };
  };
  smsTemplateGroupsCreate: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TemplateGroupDraftDto'];
      };
    };
    responses: {
      /** @description TemplateGroupDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateGroupDto'];
        };
      };
    };
  };
  smsTemplateGroupsRename: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Template group id */
        groupId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['TemplateGroupRenameBodyDto'];
      };
    };
    responses: {
      /** @description TemplateGroupDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['TemplateGroupDto'];
        };
      };
    };
  };
  smsTemplateGroupsDelete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Template group id */
        groupId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  targetingUploadsFile: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /**
           * Format: binary
           * @description CSV or xlsx with a column of mobile numbers
           */
          file: string;
        };
      };
    };
    responses: {
      /** @description RecipientListDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientListDto'];
        };
      };
    };
  };
  targetingListsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RecipientListsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientListsDto'];
        };
      };
    };
  };
  targetingListsCombine: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['CombineListsDto'];
      };
    };
    responses: {
      /** @description RecipientListDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientListDto'];
        };
      };
    };
  };
  targetingListsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description List id */
        listId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description RecipientListDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RecipientListDto'];
        };
      };
    };
  };
  targetingListsDelete: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description List id */
        listId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  targetingListsErrors: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description List id */
        listId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ListErrorsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ListErrorsDto'];
        };
      };
    };
  };
  targetingListsErrorsAsCsv: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description List id */
        listId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Row, value and reason of each row that was not usable; of a duplicate also where it stood first */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  identityImportsFile: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description What the file is of */
        kind:
          | 'students'
          | 'professors'
          | 'school_managers'
          | 'district_experts'
          | 'support_agents'
          | 'office_users'
          | 'districts'
          | 'schools'
          | 'terms';
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'multipart/form-data': {
          /**
           * Format: binary
           * @description CSV or xlsx with headings in Persian or English, in any order
           */
          file: string;
        };
      };
    };
    responses: {
      /** @description ImportDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportDto'];
        };
      };
    };
  };
  identityImportsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportsDto'];
        };
      };
    };
  };
  identityImportsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Import id */
        importId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportDto'];
        };
      };
    };
  };
  identityImportsApply: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Import id */
        importId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportDto'];
        };
      };
    };
  };
  identityImportsCancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Import id */
        importId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportDto'];
        };
      };
    };
  };
  identityImportsErrors: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Import id */
        importId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description ImportErrorsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ImportErrorsDto'];
        };
      };
    };
  };
  identityImportsErrorsAsCsv: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Import id */
        importId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Row, fault and, of a duplicate, the other row */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  smsSendsQuote: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['QuoteRequestDto'];
      };
    };
    responses: {
      /** @description QuoteDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['QuoteDto'];
        };
      };
    };
  };
  smsSendsList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only this state */
        state?:
          | 'scheduled'
          | 'suspended'
          | 'placing'
          | 'queued'
          | 'sending'
          | 'paused'
          | 'cancelling'
          | 'cancelled'
          | 'finished'
          | 'refused'
          | 'missed';
        /** @description Only this kind (SMS-013) */
        kind?: 'single' | 'group';
        /** @description Beginnings of words of title or text, all of them; whatever the case, digits, half-spaces and Arabic or Persian letters. At most ten count */
        search?: string;
        /** @description Only of this line */
        lineId?: string;
        /** @description Only accepted from then on */
        from?: string;
        /** @description Only accepted before */
        to?: string;
        /** @description By the time of acceptance; newest first unless told */
        sort?: 'newest' | 'oldest';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendsDto'];
        };
      };
    };
  };
  smsSendsCreate: {
    parameters: {
      query?: never;
      header?: {
        /** @description The same as `idempotencyKey` in the body; one of the two is needed, both must agree */
        'Idempotency-Key'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendRequestBodyDto'];
      };
    };
    responses: {
      /** @description SendDto */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsChange: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['SendChangeBodyDto'];
      };
    };
    responses: {
      /** @description SendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsPause: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsResume: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsCancel: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendDto'];
        };
      };
    };
  };
  smsSendsRecipients: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only this number, any form */
        msisdn?: string;
      };
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description SendRecipientsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SendRecipientsDto'];
        };
      };
    };
  };
  smsMessagesList: {
    parameters: {
      query?: {
        /** @description Opaque cursor from `nextCursor` of the page before */
        cursor?: string;
        /** @description Rows a page */
        limit?: number;
        /** @description Only this state */
        state?:
          | 'queued'
          | 'sent'
          | 'delivered'
          | 'undelivered'
          | 'failed'
          | 'blocked'
          | 'cancelled'
          | 'in_doubt'
          | 'unreported';
        /** @description Only this operator */
        operator?: 'mci' | 'irancell' | 'rightel' | 'shatel' | 'aptel' | 'mtce' | 'telekish' | 'other';
        /** @description Only this number, any form */
        msisdn?: string;
      };
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description MessagesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessagesDto'];
        };
      };
    };
  };
  smsMessagesRead: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
        /** @description Position in the send, from 1 */
        position: number;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description MessageTimelineDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MessageTimelineDto'];
        };
      };
    };
  };
  smsSendsBreakdown: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description BreakdownDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['BreakdownDto'];
        };
      };
    };
  };
  smsMessagesReportAsCsv: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description One line a message, Persian headings */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/csv': string;
        };
      };
    };
  };
  smsSendsReadAsEvents: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Server-sent events: `snapshot` (SendDto), `progress` (live: counts, charged Rial, parts a second), `refused` ({ code }: the token ended or the like; sign in anew and reopen), `end` (SendDto: final, settled, and no receipt came for a while) */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
    };
  };
  smsMessagesSettleDoubt: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Send id */
        sendId: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['DoubtSettleBodyDto'];
      };
    };
    responses: {
      /** @description DoubtSettledDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DoubtSettledDto'];
        };
      };
    };
  };
  gatewayDeadLettersCount: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description DeadQueuesDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadQueuesDto'];
        };
      };
    };
  };
  gatewayDeadLettersList: {
    parameters: {
      query?: {
        /** @description How many of the oldest; 50 unless told */
        limit?: number;
      };
      header?: never;
      path: {
        /** @description Queue */
        queue: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description DeadLettersDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLettersDto'];
        };
      };
    };
  };
  gatewayDeadLettersRedrive: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description Queue */
        queue: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['RedriveBodyDto'];
      };
    };
    responses: {
      /** @description RedrivenDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['RedrivenDto'];
        };
      };
    };
  };
  gatewayClientErrorsReport: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': components['schemas']['ClientErrorDto'];
      };
    };
    responses: {
      /** @description Done */
      204: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  gatewayPlatformWarningsList: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description PlatformWarningsDto */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['PlatformWarningsDto'];
        };
      };
    };
  };
}
