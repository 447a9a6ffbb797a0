import { Controller } from '@nestjs/common';
import { billingPromotionsRpc, billingPlansRpc } from '@peyk/contracts/billing';
import type { EmptyDto, PageQueryDto } from '@peyk/contracts';
import type {
  AllPlansDto,
  PromotionDto,
  PromotionIdDto,
  PromotionSaveDto,
  PromotionsDto,
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

  @HandleRpc(billingPromotionsRpc.list)
  async promotions(page: PageQueryDto): Promise<PromotionsDto> {
    return this.admin.promotions(page);
  }

  @HandleRpc(billingPromotionsRpc.save)
  async savePromotion(promotion: PromotionSaveDto): Promise<PromotionDto> {
    return this.admin.savePromotion(promotion);
  }

  @HandleRpc(billingPromotionsRpc.end)
  async endPromotion({ promotionId }: PromotionIdDto): Promise<PromotionDto> {
    return this.admin.endPromotion(promotionId);
  }
}
