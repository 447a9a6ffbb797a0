import { Injectable } from '@nestjs/common';
import type { CodeChannel, CodeMessage } from '../channels/code-channel';
import { codeText } from '../channels/code-texts';
import { IdentityConfig } from '../config';
import { BaleApi } from './bale-api';

/** Into the chat with our bot that the person linked to the account (NTF-007). */
@Injectable()
export class BaleChatChannel implements CodeChannel {
  readonly name = 'bale_chat';

  constructor(
    private readonly api: BaleApi,
    private readonly config: IdentityConfig,
  ) {}

  send({ chatId, purpose, code }: CodeMessage): Promise<'sent' | 'notThere'> {
    return this.tell(chatId, codeText(this.config.siteName, purpose, code));
  }

  async tell(chatId: string | null, text: string): Promise<'sent' | 'notThere'> {
    if (!this.api.isConfigured || chatId === null) return 'notThere';
    return this.api.send(chatId, text);
  }
}
