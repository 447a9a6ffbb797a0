import { Controller } from '@nestjs/common';
import { billingCampaignsRpc, billingPlansRpc } from '@peyk/contracts/billing';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  AllPlansDto,
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
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { PlanPurchasesService } from './plan-purchases.service';
import { PlansAdminService } from './plans-admin.service';
import { PlansService } from './plans.service';

@Controller()
export class PlansController {
  constructor(
    private readonly plans: PlansService,
    private readonly purchases: PlanPurchasesService,
    private readonly admin: PlansAdminService,
  ) {}

  @HandleRpc(billingPlansRpc.list)
  async list(): Promise<PlansDto> {
    return this.plans.list();
  }

  @HandleRpc(billingPlansRpc.own)
  async own(_input: EmptyDto, caller: Caller): Promise<OwnPlanDto> {
    return this.plans.of(accountOf(caller));
  }

  @HandleRpc(billingPlansRpc.buy)
  async buy(purchase: PlanBuyDto, caller: Caller): Promise<PlanPurchaseDto> {
    return this.purchases.buy(accountOf(caller), purchase);
  }

  @HandleRpc(billingPlansRpc.listAll)
  async listAll(): Promise<AllPlansDto> {
    return this.admin.list();
  }

  @HandleRpc(billingPlansRpc.save)
  async save(plan: PlanSaveDto): Promise<PlanAdminDto> {
    return this.admin.save(plan);
  }

  @HandleRpc(billingCampaignsRpc.list)
  async campaigns(page: PageQueryDto): Promise<CampaignsDto> {
    return this.admin.campaigns(page);
  }

  @HandleRpc(billingCampaignsRpc.save)
  async saveCampaign(campaign: CampaignSaveDto): Promise<CampaignDto> {
    return this.admin.saveCampaign(campaign);
  }

  @HandleRpc(billingCampaignsRpc.end)
  async endCampaign({ campaignId }: CampaignIdDto): Promise<CampaignDto> {
    return this.admin.endCampaign(campaignId);
  }
}
