import { Controller } from '@nestjs/common';
import { smsMessagesRpc } from '@peyk/contracts/sms';
import type { DoubtsDto, DoubtSettledDto, DoubtSettleDto, DoubtsQueryDto } from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { DoubtResolution } from './doubt-resolution';
import { DoubtsService } from './doubts.service';

@Controller()
export class DoubtsController {
  constructor(
    private readonly doubts: DoubtsService,
    private readonly resolution: DoubtResolution,
  ) {}

  @HandleRpc(smsMessagesRpc.doubts)
  async list(filter: DoubtsQueryDto): Promise<DoubtsDto> {
    return this.doubts.list(filter);
  }

  @HandleRpc(smsMessagesRpc.settleDoubt)
  resolve(input: DoubtSettleDto, caller: Caller): Promise<DoubtSettledDto> {
    return this.resolution.resolveDoubt(input, accountOf(caller));
  }
}
