import { Controller } from '@nestjs/common';
import { smsRpc } from '@peyk/contracts';
import type { EmptyDto, LineDto, LinesDto, SecretaryDto } from '@peyk/contracts';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { LinesService } from './lines.service';

@Controller()
export class LinesController {
  constructor(private readonly lines: LinesService) {}

  @HandleRpc(smsRpc.listLines)
  list(_input: EmptyDto, caller: Caller): Promise<LinesDto> {
    return this.lines.listOf(accountOf(caller));
  }

  @HandleRpc(smsRpc.setSecretary)
  setSecretary(input: SecretaryDto, caller: Caller): Promise<LineDto> {
    return this.lines.setSecretary(accountOf(caller), input);
  }
}
