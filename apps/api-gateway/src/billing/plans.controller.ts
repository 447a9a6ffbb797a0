import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { billingRpc, EmptyDto, OwnPlanDto, PlansDto } from '@peyk/contracts';
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
}
