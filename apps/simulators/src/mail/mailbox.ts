import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import type { ControlRoutes } from '../operator/http-face';

const MAILS_MAX = 10_000;
const MAIL_BYTES_MAX = 1_000_000;

export interface Mail {
  at: string;
  from: string;
  to: string[];
  subject: string;
  /** Of a mail in one part; of others the raw body. */
  text: string;
}

/** An SMTP server that delivers nothing: it keeps every mail to be looked at. */
export class Mailbox {
  readonly mails: Mail[] = [];
  /** Mails that are refused with 451 before the next one is taken. */
  refuse = 0;
  private readonly server: SMTPServer;

  constructor() {
    this.server = new SMTPServer({
      // Its own certificate is known to everybody: without TLS and passwords there is nothing to pretend.
      disabledCommands: ['STARTTLS', 'AUTH'],
      authOptional: true,
      size: MAIL_BYTES_MAX,
      logger: false,
      onData: (stream, session, done) => {
        const chunks: Buffer[] = [];
        stream.on('data', (chunk: Buffer) => chunks.push(chunk));
        stream.on('end', () => {
          if (this.refuse > 0) {
            this.refuse -= 1;
            done(Object.assign(new Error('try again later'), { responseCode: 451 }));
            return;
          }
          const { mailFrom, rcptTo } = session.envelope;
          const parsed = parseMail(Buffer.concat(chunks).toString('utf8'));
          this.mails.push({
            at: new Date().toISOString(),
            from: mailFrom ? mailFrom.address : '',
            to: rcptTo.map(({ address }) => address),
            ...parsed,
          });
          if (this.mails.length > MAILS_MAX) this.mails.shift();
          done();
        });
      },
    });
    // A client that goes away in the middle is none of our business.
    this.server.on('error', () => undefined);
  }

  /** Resolves with the port. */
  listen(port: number, host: string): Promise<number> {
    return new Promise((resolve, reject) => {
      this.server.once('error', reject);
      const listening = this.server.listen(port, host, () =>
        resolve((listening.address() as AddressInfo).port),
      );
    });
  }

  stop(): Promise<void> {
    return new Promise((resolve) => this.server.close(resolve));
  }
}

export function mailRoutes(mailbox: Mailbox): ControlRoutes {
  return {
    'GET /mails': ({ query }) => {
      const to = query.get('to');
      return mailbox.mails.filter((mail) => to === null || mail.to.includes(to));
    },
    'DELETE /mails': () => {
      mailbox.mails.length = 0;
      return { status: 'ok' };
    },
    'POST /mails/refuse': () => {
      mailbox.refuse += 1;
      return { refuse: mailbox.refuse };
    },
  };
}

/** Subject and text of a mail (RFC 5322), decoded as far as a plain text in UTF-8 needs. */
export function parseMail(raw: string): { subject: string; text: string } {
  const end = raw.search(/\r?\n\r?\n/);
  const head = (end < 0 ? raw : raw.slice(0, end)).replace(/\r?\n[ \t]+/g, ' ');
  const body = end < 0 ? '' : raw.slice(end).replace(/^\r?\n\r?\n/, '');
  const header = (name: string): string =>
    new RegExp(`^${name}:[ \\t]*(.*)$`, 'im').exec(head)?.[1]?.trim() ?? '';
  const encoding = header('content-transfer-encoding').toLowerCase();
  const text =
    encoding === 'base64'
      ? Buffer.from(body, 'base64').toString('utf8')
      : encoding === 'quoted-printable'
        ? quotedPrintable(body.replace(/=\r?\n/g, ''))
        : body;
  return { subject: encodedWords(header('subject')), text: text.replace(/\r\n/g, '\n').trimEnd() };
}

/** RFC 2047; blanks between two of them are none. */
function encodedWords(value: string): string {
  return value
    .replace(/\?=\s+=\?/g, '?==?')
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_word, how: string, data: string) =>
      how.toLowerCase() === 'b'
        ? Buffer.from(data, 'base64').toString('latin1')
        : quotedPrintable(data.replaceAll('_', ' '), 'latin1'),
    )
    .replace(/[\u0080-\u00ff]+/g, (bytes) => Buffer.from(bytes, 'latin1').toString('utf8'));
}

function quotedPrintable(value: string, as: 'utf8' | 'latin1' = 'utf8'): string {
  const bytes = value.replace(/=([\dA-F]{2})/gi, (_code, hex: string) =>
    String.fromCharCode(parseInt(hex, 16)),
  );
  return Buffer.from(bytes, 'latin1').toString(as);
}
