import { Inject, Injectable } from '@nestjs/common';
import { smsCodesRpc } from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { IdentityConfig } from '../config';
import type { CodeChannel, CodeMessage } from './code-channel';
import { codeSms } from './code-texts';

/** By SMS over our own operators' links; sms-gateway accepts one id once. */
@Injectable()
export class SmsChannel implements CodeChannel {
  readonly name = 'sms';

  constructor(
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
    private readonly config: IdentityConfig,
  ) {}

  async send({ id, mobile, code, purpose }: CodeMessage): Promise<'sent' | 'notThere'> {
    if (!this.config.codesBySms || !mobile) return 'notThere';
    const text = codeSms(this.config.siteName, purpose, code, this.config.codesDomain);
    await this.messaging.rpc.call(smsCodesRpc.send, { mobile, text, key: `code-${id}` }, 'service');
    return 'sent';
  }

  /** A text that is no code. @param key the same in each repetition: it is sent once */
  async tell(mobile: string | null, text: string, key: string): Promise<'sent' | 'notThere'> {
    if (!this.config.codesBySms || !mobile) return 'notThere';
    await this.messaging.rpc.call(smsCodesRpc.send, { mobile, text, key }, 'service');
    return 'sent';
  }
}
