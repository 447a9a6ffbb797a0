import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  billingResellerTariffsRpc,
  billingTopupRequestsRpc,
  billingUsersRpc,
  ResellerTariffDto,
  ResellerTariffsDto,
  ResellerTariffSetDto,
  ResellerUsersDto,
  ResellerUsersQueryDto,
  TopupRequestDraftDto,
  TopupRequestIdDto,
  TopupRequestRefusalDto,
  TopupRequestsDto,
  TopupRequestsQueryDto,
  UserTopupRequestDto,
  UserTransferDto,
  UserTransferMadeDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

const header = {
  name: 'Idempotency-Key',
  field: 'idempotencyKey',
  description: 'The same as `idempotencyKey` in the body; one of the two is needed, both must agree',
};

/** What a reseller does with its users; an administrator sees all of them. */
@ApiTags('resellers')
@Controller('reseller')
export class ResellersController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'users', billingUsersRpc.list)
  users(@Input() input: ResellerUsersQueryDto, @Caller() { as }: SignedIn): Promise<ResellerUsersDto> {
    return this.runtime.rpc.call(billingUsersRpc.list, input, as);
  }

  @Endpoint('POST', 'users/:customerId/transfers', billingUsersRpc.transfer, { header })
  transfer(@Input() input: UserTransferDto, @Caller() { as }: SignedIn): Promise<UserTransferMadeDto> {
    return this.runtime.rpc.call(billingUsersRpc.transfer, input, as);
  }

  @Endpoint('GET', 'tariffs', billingResellerTariffsRpc.list)
  tariffs(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ResellerTariffsDto> {
    return this.runtime.rpc.call(billingResellerTariffsRpc.list, input, as);
  }

  @Endpoint('PUT', 'tariffs', billingResellerTariffsRpc.set)
  setTariff(@Input() input: ResellerTariffSetDto, @Caller() { as }: SignedIn): Promise<ResellerTariffDto> {
    return this.runtime.rpc.call(billingResellerTariffsRpc.set, input, as);
  }

  @Endpoint('GET', 'topup-requests', billingTopupRequestsRpc.list)
  requests(@Input() input: TopupRequestsQueryDto, @Caller() { as }: SignedIn): Promise<TopupRequestsDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.list, input, as);
  }

  @Endpoint('POST', 'topup-requests/:requestId/approve', billingTopupRequestsRpc.approve)
  approve(@Input() input: TopupRequestIdDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.approve, input, as);
  }

  @Endpoint('POST', 'topup-requests/:requestId/refuse', billingTopupRequestsRpc.refuse)
  refuse(@Input() input: TopupRequestRefusalDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.refuse, input, as);
  }
}

/** A user asks its reseller for credit. */
@ApiTags('topup-requests')
@Controller('topup-requests')
export class TopupRequestsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', billingTopupRequestsRpc.create, { status: 201, header })
  create(@Input() input: TopupRequestDraftDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.create, input, as);
  }

  @Endpoint('GET', '', billingTopupRequestsRpc.mine)
  mine(@Input() input: TopupRequestsQueryDto, @Caller() { as }: SignedIn): Promise<TopupRequestsDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.mine, input, as);
  }

  @Endpoint('POST', ':requestId/withdraw', billingTopupRequestsRpc.withdraw)
  withdraw(@Input() input: TopupRequestIdDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(billingTopupRequestsRpc.withdraw, input, as);
  }
}
