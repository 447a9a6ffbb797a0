import { Controller } from '@nestjs/common';
import { operationsRpc, smsRpc } from '@peyk/contracts';
import type {
  DoubtSettleDto,
  DoubtSettledDto,
  DoubtsDto,
  DoubtsQueryDto,
  MessagesDto,
  MessagesQueryDto,
  ReconcileDto,
  ReconcileQueryDto,
  ReportPageDto,
  ReportPageQueryDto,
} from '@peyk/contracts';
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

  @HandleRpc(smsRpc.listMessages)
  async list(filter: MessagesQueryDto, caller: Caller): Promise<MessagesDto> {
    return this.messages.list(await this.sends.readableWithMessages(caller, filter.sendId), filter);
  }

  @HandleRpc(smsRpc.reportPage)
  async reportPage({ sendId, afterPosition }: ReportPageQueryDto, caller: Caller): Promise<ReportPageDto> {
    await this.sends.readableWithMessages(caller, sendId);
    return this.messages.reportPage(sendId, afterPosition);
  }

  @HandleRpc(operationsRpc.listDoubts)
  async doubts(filter: DoubtsQueryDto): Promise<DoubtsDto> {
    return this.doubtful.list(filter);
  }

  @HandleRpc(smsRpc.settleDoubt)
  settleDoubt(input: DoubtSettleDto, caller: Caller): Promise<DoubtSettledDto> {
    return this.messages.settleDoubt(input, accountOf(caller));
  }

  @HandleRpc(smsRpc.reconcile)
  reconcile(input: ReconcileQueryDto): Promise<ReconcileDto> {
    return this.messages.reconcile(input);
  }
}
