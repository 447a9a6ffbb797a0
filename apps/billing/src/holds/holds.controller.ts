import { Controller } from '@nestjs/common';
import { billingHoldsRpc } from '@peyk/contracts/billing';
import type { HoldDto, HoldIdDto, HoldIdsDto, HoldPlaceDto, HoldsDto } from '@peyk/contracts/billing';
import { HandleRpc } from '@peyk/messaging';
import { HoldsService } from './holds.service';

@Controller()
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @HandleRpc(billingHoldsRpc.place)
  async place(hold: HoldPlaceDto): Promise<HoldDto> {
    return this.holds.place(hold);
  }

  @HandleRpc(billingHoldsRpc.release)
  async release({ holdId }: HoldIdDto): Promise<HoldDto> {
    return this.holds.release(holdId);
  }

  @HandleRpc(billingHoldsRpc.read)
  async read({ holdIds }: HoldIdsDto): Promise<HoldsDto> {
    return this.holds.read(holdIds);
  }
}
