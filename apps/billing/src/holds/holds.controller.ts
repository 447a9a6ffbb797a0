import { Controller } from '@nestjs/common';
import { billingRpc } from '@peyk/contracts';
import type { HoldDto, HoldIdDto, HoldIdsDto, HoldPlaceDto, HoldsDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { HoldsService } from './holds.service';

@Controller()
export class HoldsController {
  constructor(private readonly holds: HoldsService) {}

  @HandleRpc(billingRpc.placeHold)
  async place(hold: HoldPlaceDto): Promise<HoldDto> {
    return this.holds.place(hold);
  }

  @HandleRpc(billingRpc.releaseHold)
  async release({ holdId }: HoldIdDto): Promise<HoldDto> {
    return this.holds.release(holdId);
  }

  @HandleRpc(billingRpc.readHolds)
  async read({ holdIds }: HoldIdsDto): Promise<HoldsDto> {
    return this.holds.read(holdIds);
  }
}
