import { Controller } from '@nestjs/common';
import { billingTopupRequestsRpc } from '@peyk/contracts/billing';
import type {
  TopupRequestDraftDto,
  TopupRequestIdDto,
  TopupRequestRefusalDto,
  TopupRequestsDto,
  TopupRequestsQueryDto,
  UserTopupRequestDto,
} from '@peyk/contracts/billing';
import { accountOf, HandleRpc, type Caller } from '@peyk/messaging';
import { TopupRequestsService } from './topup-requests.service';

@Controller()
export class TopupRequestsController {
  constructor(private readonly requests: TopupRequestsService) {}

  @HandleRpc(billingTopupRequestsRpc.create)
  async create(draft: TopupRequestDraftDto, caller: Caller): Promise<UserTopupRequestDto> {
    return this.requests.create(accountOf(caller), draft);
  }

  @HandleRpc(billingTopupRequestsRpc.mine)
  async mine(page: TopupRequestsQueryDto, caller: Caller): Promise<TopupRequestsDto> {
    return this.requests.list({ customerId: accountOf(caller) }, page);
  }

  @HandleRpc(billingTopupRequestsRpc.withdraw)
  async withdraw({ requestId }: TopupRequestIdDto, caller: Caller): Promise<UserTopupRequestDto> {
    return this.requests.withdraw(accountOf(caller), requestId);
  }

  @HandleRpc(billingTopupRequestsRpc.list)
  async list(page: TopupRequestsQueryDto, caller: Caller): Promise<TopupRequestsDto> {
    return this.requests.list(caller.reach === 'any' ? {} : { resellerId: accountOf(caller) }, page);
  }

  @HandleRpc(billingTopupRequestsRpc.approve)
  async approve({ requestId }: TopupRequestIdDto, caller: Caller): Promise<UserTopupRequestDto> {
    return this.requests.approve(accountOf(caller), requestId);
  }

  @HandleRpc(billingTopupRequestsRpc.refuse)
  async refuse(refusal: TopupRequestRefusalDto, caller: Caller): Promise<UserTopupRequestDto> {
    return this.requests.refuse(accountOf(caller), refusal);
  }
}
