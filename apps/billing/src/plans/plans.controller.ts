import { Controller } from '@nestjs/common';
import { billingRpc } from '@peyk/contracts';
import type { EmptyDto, OwnPlanDto, PlansDto } from '@peyk/contracts';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { PlansService } from './plans.service';

@Controller()
export class PlansController {
  constructor(private readonly plans: PlansService) {}

  @HandleRpc(billingRpc.plans)
  async list(): Promise<PlansDto> {
    return this.plans.list();
  }

  @HandleRpc(billingRpc.ownPlan)
  async own(_input: EmptyDto, caller: Caller): Promise<OwnPlanDto> {
    return this.plans.of(accountOf(caller));
  }
}
