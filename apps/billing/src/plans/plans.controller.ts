import { Controller } from '@nestjs/common';
import { billingRpc, campaignsRpc, plansRpc } from '@peyk/contracts';
import type {
  AllPlansDto,
  CampaignDto,
  CampaignIdDto,
  CampaignSaveDto,
  CampaignsDto,
  EmptyDto,
  OwnPlanDto,
  PageQueryDto,
  PlanAdminDto,
  PlanBuyDto,
  PlanPurchaseDto,
  PlanSaveDto,
  PlansDto,
} from '@peyk/contracts';
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

  @HandleRpc(billingRpc.plans)
  async list(): Promise<PlansDto> {
    return this.plans.list();
  }

  @HandleRpc(billingRpc.ownPlan)
  async own(_input: EmptyDto, caller: Caller): Promise<OwnPlanDto> {
    return this.plans.of(accountOf(caller));
  }

  @HandleRpc(plansRpc.buy)
  async buy(purchase: PlanBuyDto, caller: Caller): Promise<PlanPurchaseDto> {
    return this.purchases.buy(accountOf(caller), purchase);
  }

  @HandleRpc(plansRpc.listAll)
  async listAll(): Promise<AllPlansDto> {
    return this.admin.list();
  }

  @HandleRpc(plansRpc.save)
  async save(plan: PlanSaveDto): Promise<PlanAdminDto> {
    return this.admin.save(plan);
  }

  @HandleRpc(campaignsRpc.list)
  async campaigns(page: PageQueryDto): Promise<CampaignsDto> {
    return this.admin.campaigns(page);
  }

  @HandleRpc(campaignsRpc.save)
  async saveCampaign(campaign: CampaignSaveDto): Promise<CampaignDto> {
    return this.admin.saveCampaign(campaign);
  }

  @HandleRpc(campaignsRpc.end)
  async endCampaign({ campaignId }: CampaignIdDto): Promise<CampaignDto> {
    return this.admin.endCampaign(campaignId);
  }
}
