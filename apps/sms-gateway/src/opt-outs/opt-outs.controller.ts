import { Controller } from '@nestjs/common';
import { EmptyDto } from '@peyk/contracts';
import { smsOptOutsRpc } from '@peyk/contracts/sms';
import type {
  AdminOptOutsDto,
  AdminOptOutsQueryDto,
  OptOutRemovalDto,
  OptOutsAddDto,
  OptOutsAddedDto,
  OptOutsDto,
  OptOutsQueryDto,
} from '@peyk/contracts/sms';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { OptOutsService } from './opt-outs.service';

@Controller()
export class OptOutsController {
  constructor(private readonly optOuts: OptOutsService) {}

  @HandleRpc(smsOptOutsRpc.list)
  list(filter: OptOutsQueryDto, caller: Caller): Promise<OptOutsDto> {
    return this.optOuts.list(accountOf(caller), filter);
  }

  @HandleRpc(smsOptOutsRpc.add)
  add(input: OptOutsAddDto, caller: Caller): Promise<OptOutsAddedDto> {
    const accountId = accountOf(caller);
    const { principal } = caller;
    const isKey = principal?.kind === 'user' && principal.keyScopes !== undefined;
    return this.optOuts.add(input, { accountId, customerId: accountId, source: isKey ? 'api' : 'panel' });
  }

  @HandleRpc(smsOptOutsRpc.remove)
  async remove(input: OptOutRemovalDto, caller: Caller): Promise<EmptyDto> {
    const accountId = accountOf(caller);
    await this.optOuts.remove(input, { accountId, customerId: accountId });
    return new EmptyDto();
  }

  @HandleRpc(smsOptOutsRpc.listAll)
  listAll(filter: AdminOptOutsQueryDto): Promise<AdminOptOutsDto> {
    return this.optOuts.listAll(filter);
  }

  @HandleRpc(smsOptOutsRpc.addForAll)
  addForAll(input: OptOutsAddDto, caller: Caller): Promise<OptOutsAddedDto> {
    return this.optOuts.add(input, { accountId: accountOf(caller), customerId: null, source: 'admin' });
  }

  @HandleRpc(smsOptOutsRpc.removeAny)
  async removeAny(input: OptOutRemovalDto, caller: Caller): Promise<EmptyDto> {
    await this.optOuts.remove(input, { accountId: accountOf(caller), customerId: null });
    return new EmptyDto();
  }
}
