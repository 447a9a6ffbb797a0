import { Controller } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { billingResellerTariffsRpc, billingUsersRpc } from '@peyk/contracts/billing';
import type {
  ResellerTariffDto,
  ResellerTariffsDto,
  ResellerTariffSetDto,
  ResellerUsersDto,
  ResellerUsersQueryDto,
  UserTransferDto,
  UserTransferMadeDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc, type Caller } from '@peyk/messaging';
import { ResellerTariffsService } from './reseller-tariffs.service';
import { UsersService } from './users.service';

@Controller()
export class ResellersController {
  constructor(
    private readonly users: UsersService,
    private readonly tariffs: ResellerTariffsService,
  ) {}

  @HandleRpc(billingUsersRpc.list)
  async list(page: ResellerUsersQueryDto, caller: Caller): Promise<ResellerUsersDto> {
    if (caller.reach === 'any') return this.users.list(page.resellerId, page);
    const own = accountOf(caller);
    if (page.resellerId !== undefined && page.resellerId !== own) throw new DomainError('access.denied');
    return this.users.list(own, page);
  }

  @HandleRpc(billingUsersRpc.transfer)
  async transfer(transfer: UserTransferDto, caller: Caller): Promise<UserTransferMadeDto> {
    return this.users.transfer(accountOf(caller), transfer);
  }

  @HandleRpc(billingResellerTariffsRpc.list)
  async listTariffs(_input: object, caller: Caller): Promise<ResellerTariffsDto> {
    return this.tariffs.list(accountOf(caller));
  }

  @HandleRpc(billingResellerTariffsRpc.set)
  async setTariff(tariff: ResellerTariffSetDto, caller: Caller): Promise<ResellerTariffDto> {
    return this.tariffs.set(accountOf(caller), tariff);
  }
}
