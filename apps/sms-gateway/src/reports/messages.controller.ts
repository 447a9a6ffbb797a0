import { Controller } from '@nestjs/common';
import { smsMessagesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import type {
  MessagesDto,
  MessagesQueryDto,
  ReconcileDto,
  ReconcileQueryDto,
  ReportPageDto,
  ReportPageQueryDto,
} from '@peyk/contracts/sms';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { SendAdministration } from '../sends/send-administration';
import { MessagesService } from './messages.service';

@Controller()
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly sends: SendAdministration,
  ) {}

  @HandleRpc(smsMessagesRpc.list)
  async list(filter: MessagesQueryDto, caller: Caller): Promise<MessagesDto> {
    return this.messages.list(await this.sends.readableWithMessages(caller, filter.sendId), filter);
  }

  @HandleRpc(smsMessagesRpc.report)
  async reportPage({ sendId, afterPosition }: ReportPageQueryDto, caller: Caller): Promise<ReportPageDto> {
    await this.sends.readableWithMessages(caller, sendId);
    return this.messages.reportPage(sendId, afterPosition);
  }

  @HandleRpc(smsSendsRpc.reconcile)
  reconcile(input: ReconcileQueryDto): Promise<ReconcileDto> {
    return this.messages.reconcile(input);
  }
}
