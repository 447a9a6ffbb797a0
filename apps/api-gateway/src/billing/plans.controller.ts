import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  AllPlansDto,
  billingRpc,
  CampaignDto,
  CampaignIdDto,
  CampaignSaveDto,
  CampaignsDto,
  campaignsRpc,
  EmptyDto,
  OwnPlanDto,
  PageQueryDto,
  PlanAdminDto,
  PlanBuyDto,
  PlanPurchaseDto,
  PlanSaveDto,
  PlansDto,
  plansRpc,
} from '@peyk/contracts';
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

  @Endpoint('GET', '', billingRpc.plans)
  list(@Input() input: EmptyDto): Promise<PlansDto> {
    return this.runtime.rpc.call(billingRpc.plans, input, 'nobody');
  }

  @Endpoint('GET', 'own', billingRpc.ownPlan)
  own(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<OwnPlanDto> {
    return this.runtime.rpc.call(billingRpc.ownPlan, input, as);
  }

  @Endpoint('POST', 'purchases', plansRpc.buy, {
    status: 201,
    header: {
      name: 'Idempotency-Key',
      field: 'idempotencyKey',
      description: 'The same as `idempotencyKey` in the body; one of the two is needed, both must agree',
    },
  })
  buy(@Input() input: PlanBuyDto, @Caller() { as }: SignedIn): Promise<PlanPurchaseDto> {
    return this.runtime.rpc.call(plansRpc.buy, input, as);
  }

  @Endpoint('GET', 'all', plansRpc.listAll)
  listAll(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<AllPlansDto> {
    return this.runtime.rpc.call(plansRpc.listAll, input, as);
  }

  @Endpoint('PUT', ':planCode', plansRpc.save)
  save(@Input() input: PlanSaveDto, @Caller() { as }: SignedIn): Promise<PlanAdminDto> {
    return this.runtime.rpc.call(plansRpc.save, input, as);
  }
}

@ApiTags('plans')
@Controller('plan-campaigns')
export class PlanCampaignsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', '', campaignsRpc.list)
  list(@Input() input: PageQueryDto, @Caller() { as }: SignedIn): Promise<CampaignsDto> {
    return this.runtime.rpc.call(campaignsRpc.list, input, as);
  }

  @Endpoint('PUT', ':campaignId', campaignsRpc.save)
  save(@Input() input: CampaignSaveDto, @Caller() { as }: SignedIn): Promise<CampaignDto> {
    return this.runtime.rpc.call(campaignsRpc.save, input, as);
  }

  @Endpoint('DELETE', ':campaignId', campaignsRpc.end)
  end(@Input() input: CampaignIdDto, @Caller() { as }: SignedIn): Promise<CampaignDto> {
    return this.runtime.rpc.call(campaignsRpc.end, input, as);
  }
}
