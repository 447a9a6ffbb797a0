import { Injectable } from '@nestjs/common';
import type { OnModuleDestroy } from '@nestjs/common';
import { createTransport } from 'nodemailer';
import { IdentityConfig } from '../config';
import type { CodeChannel, CodeMessage } from './code-channel';
import { codeSubject, codeText } from './code-texts';

const timeoutMs = 10_000;

/** By e-mail over the site's SMTP server. */
@Injectable()
export class EmailChannel implements CodeChannel, OnModuleDestroy {
  readonly name = 'email';
  private readonly server: ReturnType<typeof createTransport> | undefined;

  constructor(private readonly config: IdentityConfig) {
    if (!config.smtpUrl) return;
    this.server = createTransport({
      url: config.smtpUrl,
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
    });
  }

  send({ email, code, purpose }: CodeMessage): Promise<'sent' | 'notThere'> {
    const { siteName } = this.config;
    return this.tell(email, codeSubject(siteName, purpose), codeText(siteName, purpose, code));
  }

  /** A text of its own. */
  async tell(email: string | null, subject: string, text: string): Promise<'sent' | 'notThere'> {
    if (!this.server || !email) return 'notThere';
    const { siteName, smtpFrom } = this.config;
    await this.server.sendMail({
      from: { name: siteName, address: smtpFrom },
      // As an object: a text would be parsed as a list of addresses.
      to: { name: '', address: email },
      subject,
      text,
    });
    return 'sent';
  }

  onModuleDestroy(): void {
    this.server?.close();
  }
}
