import { Controller } from '@nestjs/common';
import { smsMessagesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import type {
  DoubtsDto,
  DoubtSettledDto,
  DoubtSettleDto,
  DoubtsQueryDto,
  MessagesDto,
  MessagesQueryDto,
  ReconcileDto,
  ReconcileQueryDto,
  ReportPageDto,
  ReportPageQueryDto,
} from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { SendAdministration } from '../sends/send-administration';
import { DoubtsService } from './doubts.service';
import { MessagesService } from './messages.service';

@Controller()
export class MessagesController {
  constructor(
    private readonly messages: MessagesService,
    private readonly sends: SendAdministration,
    private readonly doubtful: DoubtsService,
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

  @HandleRpc(smsMessagesRpc.doubts)
  async doubts(filter: DoubtsQueryDto): Promise<DoubtsDto> {
    return this.doubtful.list(filter);
  }

  @HandleRpc(smsMessagesRpc.settleDoubt)
  settleDoubt(input: DoubtSettleDto, caller: Caller): Promise<DoubtSettledDto> {
    return this.messages.settleDoubt(input, accountOf(caller));
  }

  @HandleRpc(smsSendsRpc.reconcile)
  reconcile(input: ReconcileQueryDto): Promise<ReconcileDto> {
    return this.messages.reconcile(input);
  }
}
