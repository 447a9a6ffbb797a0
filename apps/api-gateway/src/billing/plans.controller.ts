import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto, PageQueryDto } from '@peyk/contracts';
import {
  AllPlansDto,
  billingCampaignsRpc,
  billingPlansRpc,
  CampaignDto,
  CampaignIdDto,
  CampaignSaveDto,
  CampaignsDto,
  OwnPlanDto,
  PlanAdminDto,
  PlanBuyDto,
  PlanPurchaseDto,
  PlanSaveDto,
  PlansDto,
} from '@peyk/contracts/billing';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('plans')
@Controller('plans')
export class PlansController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', billingPlansRpc.list)
  list(@Input() input: EmptyDto): Promise<PlansDto> {
    return this.runtime.rpc.call(billingPlansRpc.list, input, 'nobody');
  }

  @Endpoint('GET', 'own', billingPlansRpc.own)
  own(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnPlanDto> {
    return this.runtime.rpc.call(billingPlansRpc.own, input, as);
  }

  @Endpoint('POST', 'purchases', billingPlansRpc.buy, {
    status: 201,
    header: {
      name: 'Idempotency-Key',
      field: 'idempotencyKey',
      description: 'The same as `idempotencyKey` in the body; one of the two is needed, both must agree',
    },
  })
  buy(@Input() input: PlanBuyDto, @Caller() { as }: SignedIn): Promise<PlanPurchaseDto> {
    return this.runtime.rpc.call(billingPlansRpc.buy, input, as);
  }

  @Endpoint('GET', 'all', billingPlansRpc.listAll)
  listAll(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<AllPlansDto> {
    return this.runtime.rpc.call(billingPlansRpc.listAll, input, as);
  }

  @Endpoint('PUT', ':planCode', billingPlansRpc.save)
  save(@Input() input: PlanSaveDto, @Caller() { as }: SignedIn): Promise<PlanAdminDto> {
    return this.runtime.rpc.call(billingPlansRpc.save, input, as);
  }
}

@ApiTags('plans')
@Controller('plan-campaigns')
export class PlanCampaignsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', billingCampaignsRpc.list)
  list(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<CampaignsDto> {
    return this.runtime.rpc.call(billingCampaignsRpc.list, input, as);
  }

  @Endpoint('PUT', ':campaignId', billingCampaignsRpc.save)
  save(@Input() input: CampaignSaveDto, @Caller() { as }: SignedIn): Promise<CampaignDto> {
    return this.runtime.rpc.call(billingCampaignsRpc.save, input, as);
  }

  @Endpoint('DELETE', ':campaignId', billingCampaignsRpc.end)
  end(@Input() input: CampaignIdDto, @Caller() { as }: SignedIn): Promise<CampaignDto> {
    return this.runtime.rpc.call(billingCampaignsRpc.end, input, as);
  }
}
