import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import type {
  ClientDto,
  CodeRequestCallDto,
  CodeRequestedDto,
  CodeSignInCallDto,
  SignInResultDto,
} from '@peyk/contracts/identity';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';
import { PersonalData } from '../accounts/personal-data';
import { normalizeUsername } from '../accounts/username';
import { joinBaleChat } from '../bale/bale-links.service';
import { isHeld } from '../accounts/contact-changes';
import { AddressThrottle } from '../sign-in-safety/address-throttle';
import { deviceKeyOf, KnownDevices } from '../sign-in-safety/known-devices';
import { SignInHistory } from '../sign-in-safety/sign-in-history';
import { SignInCompletion } from './sign-in-completion';
import { OneTimeCodes } from '../codes/one-time-codes';
import type { CodeAsker } from '../codes/one-time-codes';

interface Registered {
  readonly id: string;
  readonly mobile_sealed: Buffer | null;
  readonly email: string | null;
  readonly chat_id: string | null;
  readonly mobile_held: boolean;
  readonly email_held: boolean;
}

/** Method 2 of sign-in: only the username is typed, and a code goes to where the person is registered (IDN-002). */
@Injectable()
export class CodeSignInService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly personal: PersonalData,
    private readonly codes: OneTimeCodes,
    private readonly completion: SignInCompletion,
    private readonly addresses: AddressThrottle,
    private readonly devices: KnownDevices,
    private readonly history: SignInHistory,
  ) {}

  /**
   * Has a code sent to the registered mobile, its Bale chat or the e-mail address of the account (IDN-003). The answer is
   * the same for a username that nobody has, for a disabled account, and for one that cannot be reached.
   * @throws code.tooSoon, code.tooMany, input.invalid for `email` that is to sign in
   */
  async request({ username, purpose, channel, client }: CodeRequestCallDto): Promise<CodeRequestedDto> {
    if (channel === 'email' && purpose === 'sign_in')
      throw new DomainError('input.invalid', {
        fields: [{ field: 'channel', rule: 'isIn', message: 'channel must be bale or sms to sign in' }],
      });
    const normalized = normalizeUsername(username);
    const asker = await this.askerOf(normalized, client);
    const [account] = await query<Registered>(
      this.dataSource,
      `SELECT a.id, a.mobile_sealed, a.email, b.chat_id, ${isHeld('mobile')} AS mobile_held,
         ${isHeld('email')} AS email_held
       FROM usernames u JOIN accounts a ON a.id = u.account_id
       ${joinBaleChat} WHERE u.username = $1 AND NOT a.disabled`,
      [normalized],
    );
    if (!account) return this.codes.request({ username: normalized, purpose, channel, asker, client });
    const { id, mobile_sealed: sealed, mobile_held: mobileHeld, email_held: emailHeld } = account;
    // The one who put a new address there is not let in by it.
    const mobile = sealed && !mobileHeld ? this.personal.open(id, 'mobile', sealed) : null;
    const chatId = mobileHeld ? null : account.chat_id;
    const email = emailHeld ? null : account.email;
    return this.codes.request({ account: { id, mobile, email, chatId }, purpose, channel, asker, client });
  }

  /**
   * Sign-in by the code. A wrong one counts against the address, not against the username: its own five tries and the
   * budgets of sends leave some hundred guesses a day in nine hundred thousand, and nobody can make the owner wait.
   * @throws code.wrong (`triesLeft`), code.expired, code.tooManyTries, login.throttled, login.failed when the account was
   *   disabled meanwhile
   */
  async signIn({ requestId, code, remember, client }: CodeSignInCallDto): Promise<SignInResultDto> {
    await this.addresses.check(client.address);
    const method = 'code';
    const onWrong = async (accountId: string | null): Promise<void> => {
      await this.addresses.failed(client.address);
      if (accountId) this.history.failed({ accountId, method, client });
    };
    return this.codes.redeem({ requestId, code, purpose: 'sign_in', onWrong }, async (tx, { accountId }) => {
      const proof = { method, persistent: remember ?? false, client } as const;
      const result = accountId
        ? await this.completion.completeSignIn(tx, { id: accountId }, proof)
        : undefined;
      if (!result) throw new DomainError('login.failed');
      return result;
    });
  }

  /** Looked for in the same way whether or not somebody has the username. */
  private async askerOf(username: string, client: ClientDto): Promise<CodeAsker> {
    const device = deviceKeyOf(client.deviceToken);
    if (device && (await this.devices.knows(device, username))) return 'known_device';
    return (await this.history.knowsNetwork(username, client.address)) ? 'known_network' : 'stranger';
  }
}
