import { Controller } from '@nestjs/common';
import { smsMessagesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import type { BreakdownDto, MessagePositionDto, MessageTimelineDto, SendIdDto } from '@peyk/contracts/sms';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { SendAdministration } from '../sends/send-administration';
import { BreakdownService } from './breakdown.service';
import { TimelineService } from './timeline.service';

@Controller()
export class ReportsController {
  constructor(
    private readonly sends: SendAdministration,
    private readonly breakdowns: BreakdownService,
    private readonly timelines: TimelineService,
  ) {}

  @HandleRpc(smsSendsRpc.breakdown)
  async breakdown({ sendId }: SendIdDto, caller: Caller): Promise<BreakdownDto> {
    return this.breakdowns.of(await this.sends.readableWithMessages(caller, sendId));
  }

  @HandleRpc(smsMessagesRpc.read)
  async timeline({ sendId, position }: MessagePositionDto, caller: Caller): Promise<MessageTimelineDto> {
    return this.timelines.read(await this.sends.readableWithMessages(caller, sendId), position);
  }
}
