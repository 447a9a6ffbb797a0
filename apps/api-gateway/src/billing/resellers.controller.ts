import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  EmptyDto,
  ResellerTariffDto,
  ResellerTariffsDto,
  ResellerTariffSetDto,
  resellerTariffsRpc,
  ResellerUsersDto,
  ResellerUsersQueryDto,
  TopupRequestDraftDto,
  TopupRequestIdDto,
  TopupRequestRefusalDto,
  TopupRequestsDto,
  TopupRequestsQueryDto,
  topupRequestsRpc,
  usersRpc,
  UserTopupRequestDto,
  UserTransferDto,
  UserTransferMadeDto,
} from '@peyk/contracts';
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

  @Endpoint('GET', 'users', usersRpc.list)
  users(@Input() input: ResellerUsersQueryDto, @Caller() { as }: SignedIn): Promise<ResellerUsersDto> {
    return this.runtime.rpc.call(usersRpc.list, input, as);
  }

  @Endpoint('POST', 'users/:customerId/transfers', usersRpc.transfer, { header })
  transfer(@Input() input: UserTransferDto, @Caller() { as }: SignedIn): Promise<UserTransferMadeDto> {
    return this.runtime.rpc.call(usersRpc.transfer, input, as);
  }

  @Endpoint('GET', 'tariffs', resellerTariffsRpc.list)
  tariffs(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ResellerTariffsDto> {
    return this.runtime.rpc.call(resellerTariffsRpc.list, input, as);
  }

  @Endpoint('PUT', 'tariffs', resellerTariffsRpc.set)
  setTariff(@Input() input: ResellerTariffSetDto, @Caller() { as }: SignedIn): Promise<ResellerTariffDto> {
    return this.runtime.rpc.call(resellerTariffsRpc.set, input, as);
  }

  @Endpoint('GET', 'topup-requests', topupRequestsRpc.list)
  requests(@Input() input: TopupRequestsQueryDto, @Caller() { as }: SignedIn): Promise<TopupRequestsDto> {
    return this.runtime.rpc.call(topupRequestsRpc.list, input, as);
  }

  @Endpoint('POST', 'topup-requests/:requestId/approve', topupRequestsRpc.approve)
  approve(@Input() input: TopupRequestIdDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(topupRequestsRpc.approve, input, as);
  }

  @Endpoint('POST', 'topup-requests/:requestId/refuse', topupRequestsRpc.refuse)
  refuse(@Input() input: TopupRequestRefusalDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(topupRequestsRpc.refuse, input, as);
  }
}

/** A user asks its reseller for credit. */
@ApiTags('topup-requests')
@Controller('topup-requests')
export class TopupRequestsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', topupRequestsRpc.create, { status: 201, header })
  create(@Input() input: TopupRequestDraftDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(topupRequestsRpc.create, input, as);
  }

  @Endpoint('GET', '', topupRequestsRpc.mine)
  mine(@Input() input: TopupRequestsQueryDto, @Caller() { as }: SignedIn): Promise<TopupRequestsDto> {
    return this.runtime.rpc.call(topupRequestsRpc.mine, input, as);
  }

  @Endpoint('POST', ':requestId/withdraw', topupRequestsRpc.withdraw)
  withdraw(@Input() input: TopupRequestIdDto, @Caller() { as }: SignedIn): Promise<UserTopupRequestDto> {
    return this.runtime.rpc.call(topupRequestsRpc.withdraw, input, as);
  }
}
