import { defineRpc } from '../core/define';
import { StringField, UuidField } from '../core/fields';

export class CodeSmsDto {
  @StringField({ description: 'To whom, 98...', maxLength: 12, pattern: /^989\d{9}$/ })
  mobile!: string;

  @StringField({ description: 'Whole text, with the code', minLength: 1, maxLength: 300 })
  text!: string;

  @StringField({
    description: 'The same for each repetition: it is sent once',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  key!: string;
}

export class CodeSmsAcceptedDto {
  @UuidField({ description: "Send of the site's own account" })
  sendId!: string;
}

export const smsCodesRpc = {
  send: defineRpc({
    name: 'sms.codes.send',
    input: CodeSmsDto,
    output: CodeSmsAcceptedDto,
    access: 'service',
    callers: ['identity'],
    does: "Sends one SMS with a one-time code from the site's own line, before everything else. Answers when it is accepted.",
    errors: [
      'line.notFound',
      'line.disabled',
      'wallet.insufficientCredit',
      'wallet.notFound',
      'tariff.missing',
      'idempotency.keyReused',
      'send.laneNotAllowed',
    ],
  }),
};
