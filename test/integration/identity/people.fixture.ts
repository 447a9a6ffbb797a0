import { randomInt } from 'node:crypto';
import { Controller, Logger } from '@nestjs/common';
import type { INestMicroservice, LoggerService } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { smsCodesRpc } from '@peyk/contracts/sms';
import type { CodeSmsAcceptedDto, CodeSmsDto } from '@peyk/contracts/sms';
import { Transactions, uuidv7 } from '@peyk/database';
import { HandleRpc } from '@peyk/messaging';
import { eventually, testMessaging, testProgram } from '@peyk/testing';
import { AccountsService } from '../../../apps/identity/src/accounts/accounts.service';
import { Bale } from '../../../apps/simulators/src/bale/bale';
import { BaleServer } from '../../../apps/simulators/src/bale/bale-server';
import { Mailbox } from '../../../apps/simulators/src/mail/mailbox';
import { IdentitySpec } from './replica';

/** Bale's and Safir's passwords, one kind of every way that a code can go. */
const secrets = { botToken: '1:spec', clientId: 'peyk', clientSecret: 'spec', credit: 1_000_000 };

/** Texts that sms-gateway was asked to send, once by key. */
export class SentSms {
  readonly byKey = new Map<string, CodeSmsDto>();
  /** Calls that are refused before the next is taken. */
  refuse = 0;
  /** Not answered while it is there. */
  hold: Promise<void> | undefined;
}

export interface Person {
  readonly id: string;
  readonly username: string;
  /** `98...` */
  readonly mobile: string;
  readonly email: string;
}

export function anyMobile(): string {
  return `98912${randomInt(10_000_000).toString().padStart(7, '0')}`;
}

/** Identity with everything around it that a code may go through. */
export class PeopleSpec {
  private constructor(
    readonly identity: IdentitySpec,
    readonly bale: Bale,
    readonly mailbox: Mailbox,
    readonly sms: SentSms,
    /** Everything that was logged, as it was handed over: before secrets are hidden. */
    readonly logged: string[],
    private readonly baleServer: BaleServer,
    private readonly smsGateway: INestMicroservice,
  ) {}

  static async start(): Promise<PeopleSpec> {
    const bale = new Bale({ ...secrets });
    const baleServer = new BaleServer(bale);
    const mailbox = new Mailbox();
    const url = `http://127.0.0.1:${await baleServer.listen(0, '127.0.0.1')}`;
    const identity = await IdentitySpec.start({
      BALE_API_URL: url,
      BALE_BOT_TOKEN: secrets.botToken,
      SAFIR_URL: url,
      SAFIR_CLIENT_ID: secrets.clientId,
      SAFIR_CLIENT_SECRET: secrets.clientSecret,
      CODES_BY_SMS: 'true',
      SMTP_URL: `smtp://127.0.0.1:${await mailbox.listen(0, '127.0.0.1')}`,
    });
    const sms = new SentSms();
    @Controller()
    class CodesController {
      @HandleRpc(smsCodesRpc.send)
      async send(input: CodeSmsDto): Promise<CodeSmsAcceptedDto> {
        await sms.hold;
        if (sms.refuse > 0) {
          sms.refuse -= 1;
          throw new DomainError('wallet.insufficientCredit');
        }
        sms.byKey.set(input.key, input);
        return { sendId: uuidv7() };
      }
    }
    const runtime = await testMessaging('sms-gateway');
    const smsGateway = await testProgram(runtime, 'sms', { controllers: [CodesController] });
    const logged: string[] = [];
    Logger.overrideLogger(keepIn(logged));
    return new PeopleSpec(identity, bale, mailbox, sms, logged, baleServer, smsGateway);
  }

  async stop(): Promise<void> {
    await this.smsGateway.close();
    await this.identity.stop();
    await this.baleServer.stop();
    await this.mailbox.stop();
    Logger.overrideLogger(['fatal']);
  }

  /** Somebody with a mobile and an address; not on Bale. */
  async person(
    override: { mobile?: string | null; email?: string | null; mustSetPassword?: boolean } = {},
  ): Promise<Person> {
    const id = uuidv7();
    const mobile = override.mobile === undefined ? anyMobile() : override.mobile;
    const email = override.email === undefined ? `${id}@example.org` : override.email;
    const username = `u${id.slice(-12)}`;
    await this.identity.app.get(Transactions).run((tx) =>
      this.identity.app.get(AccountsService).insert(
        tx,
        {
          id,
          name: 'سارا محمدی',
          roles: ['student'],
          usernames: [{ username, kind: 'student_code' }],
          mobile,
          email,
          passwordHash: null,
          mustSetPassword: override.mustSetPassword ?? false,
        },
        { actor: { service: 'spec' } },
      ),
    );
    return { id, username, mobile: mobile ?? '', email: email ?? '' };
  }

  /** Codes that came to this person, oldest first, by every way but e-mail. */
  codesOf({ mobile }: { mobile: string }): { way: 'bale_chat' | 'bale_otp' | 'sms'; code: string }[] {
    const chat = this.bale.messages
      .filter((message) => message.mobile === mobile)
      .flatMap(({ text }) => codeIn(text).map((code) => ({ way: 'bale_chat' as const, code })));
    const otp = this.bale.codes
      .filter((sent) => sent.mobile === mobile)
      .map(({ code }) => ({ way: 'bale_otp' as const, code }));
    const sms = [...this.sms.byKey.values()]
      .filter((sent) => sent.mobile === mobile)
      .flatMap(({ text }) => codeIn(text).map((code) => ({ way: 'sms' as const, code })));
    return [...chat, ...otp, ...sms];
  }

  /** Waits for the one code of this person; fails when more came. */
  async onlyCodeOf(person: { mobile: string }): Promise<{ way: string; code: string }> {
    return eventually(() => {
      const codes = this.codesOf(person);
      expect(codes).toHaveLength(1);
      return codes[0] ?? { way: '', code: '' };
    });
  }

  /** As if so many seconds had passed since the person was sent codes. */
  async later(seconds: number): Promise<void> {
    await this.identity.sql(
      `UPDATE code_budgets SET last_sent_at = last_sent_at - $1 * interval '1 second',
         sent_before = ARRAY(SELECT at - $1 * interval '1 second' FROM unnest(sent_before) WITH ORDINALITY AS s (at, no) ORDER BY no)`,
      [seconds],
    );
  }
}

export function codeIn(text: string): string[] {
  return /(?<!\d)\d{6}(?!\d)/.exec(text)?.slice(0, 1) ?? [];
}

function keepIn(lines: string[]): LoggerService {
  const keep = (...args: unknown[]): void => {
    lines.push(
      args
        .map((arg) =>
          JSON.stringify(arg, (_key, value: unknown) =>
            value instanceof Error ? { ...value, message: value.message, cause: value.cause } : value,
          ),
        )
        .join(' '),
    );
  };
  return { log: keep, error: keep, warn: keep, debug: keep, verbose: keep, fatal: keep };
}
