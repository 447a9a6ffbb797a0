import type { Provider } from '@nestjs/common';
import { BaleChatChannel } from '../bale/bale-chat.channel';
import { BaleOtpChannel } from '../channels/bale-otp.channel';
import type { CodeChannel } from '../channels/code-channel';
import { EmailChannel } from '../channels/email.channel';
import { SmsChannel } from '../channels/sms.channel';
import { CODE_CHANNELS, CodeSender } from './code-sender';
import { OneTimeCodes } from './one-time-codes';

export const codesProviders: Provider[] = [
  {
    provide: CODE_CHANNELS,
    useFactory: (...channels: CodeChannel[]) => channels,
    inject: [BaleChatChannel, BaleOtpChannel, SmsChannel, EmailChannel],
  },
  CodeSender,
  OneTimeCodes,
];
