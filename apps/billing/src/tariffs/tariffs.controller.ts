import { Controller } from '@nestjs/common';
import { billingRpc } from '@peyk/contracts';
import type { PricesDto, PricesQueryDto, TariffsDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { TariffsService } from './tariffs.service';

@Controller()
export class TariffsController {
  constructor(private readonly tariffs: TariffsService) {}

  @HandleRpc(billingRpc.prices)
  async prices(wanted: PricesQueryDto): Promise<PricesDto> {
    return this.tariffs.prices(wanted);
  }

  @HandleRpc(billingRpc.tariffs)
  async list(): Promise<TariffsDto> {
    return this.tariffs.list();
  }
}
