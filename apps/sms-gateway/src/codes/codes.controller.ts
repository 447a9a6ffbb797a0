import { Controller, Inject } from '@nestjs/common';
import { smsCodesRpc } from '@peyk/contracts/sms';
import type { CodeSmsAcceptedDto, CodeSmsDto } from '@peyk/contracts/sms';
import { HandleRpc } from '@peyk/messaging';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { SendsService } from '../sends/sends.service';

/** One-time codes of the platform: sends of the site's own account, in the lane before all others. */
@Controller()
export class CodesController {
  constructor(
    private readonly sends: SendsService,
    @Inject(SMS_CONFIG) private readonly config: SmsGatewayConfig,
  ) {}

  @HandleRpc(smsCodesRpc.send)
  async send({ mobile, text, key }: CodeSmsDto): Promise<CodeSmsAcceptedDto> {
    const { id } = await this.sends.create(this.config.siteAccountId, {
      lineId: this.config.siteLineId,
      text,
      recipients: { numbers: [mobile] },
      idempotencyKey: key,
      lane: 'otp',
    });
    return { sendId: id };
  }
}
