import type { Provider } from '@nestjs/common';
import { BaleOtpChannel } from './bale-otp.channel';
import { EmailChannel } from './email.channel';
import { SmsChannel } from './sms.channel';

export const channelsProviders: Provider[] = [BaleOtpChannel, EmailChannel, SmsChannel];
