import { Controller } from '@nestjs/common';
import { EmptyDto, optOutsRpc } from '@peyk/contracts';
import type {
  AdminOptOutsDto,
  AdminOptOutsQueryDto,
  OptOutRemovalDto,
  OptOutsAddDto,
  OptOutsAddedDto,
  OptOutsDto,
  OptOutsQueryDto,
} from '@peyk/contracts';
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { OptOutsService } from './opt-outs.service';

@Controller()
export class OptOutsController {
  constructor(private readonly optOuts: OptOutsService) {}

  @HandleRpc(optOutsRpc.list)
  list(filter: OptOutsQueryDto, caller: Caller): Promise<OptOutsDto> {
    return this.optOuts.list(accountOf(caller), filter);
  }

  @HandleRpc(optOutsRpc.add)
  add(input: OptOutsAddDto, caller: Caller): Promise<OptOutsAddedDto> {
    const accountId = accountOf(caller);
    const { principal } = caller;
    const isKey = principal?.kind === 'user' && principal.keyScopes !== undefined;
    return this.optOuts.add(input, { accountId, customerId: accountId, source: isKey ? 'api' : 'panel' });
  }

  @HandleRpc(optOutsRpc.remove)
  async remove(input: OptOutRemovalDto, caller: Caller): Promise<EmptyDto> {
    const accountId = accountOf(caller);
    await this.optOuts.remove(input, { accountId, customerId: accountId });
    return new EmptyDto();
  }

  @HandleRpc(optOutsRpc.listAll)
  listAll(filter: AdminOptOutsQueryDto): Promise<AdminOptOutsDto> {
    return this.optOuts.listAll(filter);
  }

  @HandleRpc(optOutsRpc.addForAll)
  addForAll(input: OptOutsAddDto, caller: Caller): Promise<OptOutsAddedDto> {
    return this.optOuts.add(input, { accountId: accountOf(caller), customerId: null, source: 'admin' });
  }

  @HandleRpc(optOutsRpc.removeAny)
  async removeAny(input: OptOutRemovalDto, caller: Caller): Promise<EmptyDto> {
    await this.optOuts.remove(input, { accountId: accountOf(caller), customerId: null });
    return new EmptyDto();
  }
}
