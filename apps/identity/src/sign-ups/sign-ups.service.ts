import { Inject, Injectable } from '@nestjs/common';
import { DomainError, EmptyDto } from '@peyk/contracts';
import { billingPlansRpc } from '@peyk/contracts/billing';
import type {
  CodeRequestedDto,
  SignInResultDto,
  SignUpCallDto,
  SignUpCodeCallDto,
  SignUpDraftDto,
  UsernameAvailableDto,
} from '@peyk/contracts/identity';
import { query, uuidv7 } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { counter } from '@peyk/platform';
import { DataSource } from 'typeorm';
import type { EntityManager } from 'typeorm';
import { AccountInput } from '../accounts/account-input';
import { AccountsService } from '../accounts/accounts.service';
import { OneTimeCodes } from '../codes/one-time-codes';
import { PasswordHasher } from '../passwords/password-hasher';
import { PasswordPolicy } from '../passwords/password-policy';
import { SignInCompletion } from '../sign-in/sign-in-completion';
import { chosenUsername } from '../accounts/chosen-username';
import { ReferralsService } from './referrals.service';
import { currentTerms } from './terms';

const plansCacheMs = 60_000;

/** A sign-up whose fields are all right. */
interface Checked {
  readonly username: string;
  readonly name: string;
  readonly email: string | null;
  readonly referrerId: string | null;
}

const signUps = counter('sign_ups_total', 'Accounts that people made for themselves', ['kind']);

/** Sign-up (IDN-027, IDN-031 to IDN-033, IDN-215): a mobile that was proved becomes an account that is signed in. */
@Injectable()
export class SignUpsService {
  private plans: { codes: ReadonlySet<string>; untilMs: number } | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly codes: OneTimeCodes,
    private readonly accounts: AccountsService,
    private readonly referrals: ReferralsService,
    private readonly policy: PasswordPolicy,
    private readonly hasher: PasswordHasher,
    private readonly completion: SignInCompletion,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {}

  /** @throws what the draft would be refused for at the end, each naming its field */
  async checkDraft(draft: SignUpDraftDto): Promise<void> {
    await this.check(draft);
  }

  /**
   * Sends a code to the mobile once all the rest is right: nobody gets an SMS for what is refused after it. Whether the
   * mobile has an account is not said here: only who has it learns that.
   * @throws as `checkDraft`; terms.outdated, code.tooSoon, code.tooMany (`retryAfterSeconds`)
   */
  async requestCode({
    mobile: typed,
    termsVersion,
    client,
    ...draft
  }: SignUpCodeCallDto): Promise<CodeRequestedDto> {
    const input = new AccountInput();
    const mobile = input.mobile(typed);
    const { username, name, email } = await this.check(draft, input);
    assertTerms(termsVersion);
    this.checkPassword(draft.password, { usernames: [username], name, email, mobile });
    // By SMS where that goes: Bale would only prove that somebody is signed in there by this mobile.
    return this.codes.request({
      ...{ purpose: 'verify_mobile', channel: 'sms', asker: 'stranger' },
      ...{ mobile: mobile ?? '', client },
    });
  }

  /**
   * Account, used code and session are there together or not at all. Of several who want one username, mobile or e-mail at
   * once one gets it; the others' codes stay good.
   * @throws see the contract; each refusal names its field
   */
  async complete(signUp: SignUpCallDto): Promise<SignInResultDto> {
    assertTerms(signUp.termsVersion);
    const checked = await this.check(signUp);
    const { requestId, code } = signUp;
    const result = await this.codes.redeem({ requestId, code, purpose: 'verify_mobile' }, (tx, { mobile }) =>
      this.create(tx, signUp, checked, mobile),
    );
    signUps.inc({ kind: signUp.kind });
    return result;
  }

  /** @throws input.invalid for one that may not be chosen */
  async available(typed: string): Promise<UsernameAvailableDto> {
    const input = new AccountInput();
    const username = usernameOf(input, typed);
    input.assertValid();
    return { username, available: !(await this.isTaken(username)) };
  }

  /** What can be said before the code is looked at. An e-mail that is taken cannot: strangers would learn whose it is. */
  private async check(signUp: SignUpDraftDto, input = new AccountInput()): Promise<Checked> {
    const { kind, plan, password } = signUp;
    const username = usernameOf(input, signUp.username);
    const name = input.name(signUp.name) ?? '';
    const email = signUp.email?.trim() ? (input.email(signUp.email) ?? null) : null;
    if (kind === 'sms_customer' && !plan) input.refuse('plan', 'required', 'plan must be chosen');
    if (kind !== 'sms_customer' && plan) input.refuse('plan', 'unknown', 'plan is for SMS customers');
    input.assertValid();
    this.checkPassword(password, { usernames: [username], name, email });
    if (await this.isTaken(username)) throw new DomainError('account.usernameTaken', { field: 'username' });
    if (plan && !(await this.planCodes()).has(plan))
      throw new DomainError('plan.notFound', { field: 'plan' });
    const referral = signUp.referralCode?.trim();
    const referrerId = referral ? await this.referrals.referrerOf(referral) : null;
    return { username, name, email, referrerId };
  }

  private async create(
    tx: EntityManager,
    { kind, plan, password, termsVersion, remember, client }: SignUpCallDto,
    { username, name, email, referrerId }: Checked,
    mobile: string | null,
  ): Promise<SignInResultDto> {
    if (mobile === null) throw new Error('a code for signing up has no mobile');
    this.checkPassword(password, { usernames: [username], name, email, mobile });
    const id = uuidv7();
    await this.accounts.insert(
      tx,
      {
        id,
        name,
        roles: [kind],
        usernames: [{ username, kind: 'chosen' }],
        mobile,
        mobileUnique: true,
        email,
        // After the code: a core works for tens of milliseconds only for who proved a mobile.
        passwordHash: await this.hasher.hash(password),
        referrerId,
        termsVersion,
        signedUp: { as: kind, plan },
      },
      { actor: { accountId: id }, client },
    );
    const proof = { method: 'sign_up', persistent: remember ?? false, client } as const;
    const result = await this.completion.completeSignIn(tx, { id }, proof);
    if (!result) throw new Error('a new account could not be signed in');
    return result;
  }

  /** @throws password.weak naming this form's field */
  private checkPassword(password: string, owner: Parameters<PasswordPolicy['check']>[1]): void {
    try {
      this.policy.check(password, owner);
    } catch (error) {
      if (!(error instanceof DomainError) || error.code !== 'password.weak') throw error;
      throw new DomainError('password.weak', { ...error.details, field: 'password' });
    }
  }

  private async isTaken(username: string): Promise<boolean> {
    const rows = await query(this.dataSource, 'SELECT FROM usernames WHERE username = $1', [username]);
    return rows.length > 0;
  }

  /** Plans that can be chosen, at most a minute old; billing gives each new customer what is right in the end. */
  private async planCodes(): Promise<ReadonlySet<string>> {
    if (!this.plans || this.plans.untilMs < Date.now()) {
      const { plans } = await this.messaging.rpc.call(billingPlansRpc.list, new EmptyDto(), 'nobody');
      this.plans = { codes: new Set(plans.map(({ code }) => code)), untilMs: Date.now() + plansCacheMs };
    }
    return this.plans.codes;
  }
}

function assertTerms(accepted: number): void {
  const { version } = currentTerms();
  if (accepted !== version) throw new DomainError('terms.outdated', { field: 'termsVersion', version });
}

function usernameOf(input: AccountInput, typed: string): string {
  const username = chosenUsername(typed);
  if (username === undefined) input.refuse('username', 'username', 'username is not one that can be chosen');
  return username ?? '';
}
