import { Controller } from '@nestjs/common';
import { billingBanksRpc } from '@peyk/contracts/billing';
import type { EmptyDto } from '@peyk/contracts';
import type { BankDto, BanksDto, BankSwitchDto } from '@peyk/contracts/billing';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { TopupSettings } from './topups.service';
import { BanksService } from '../banks/banks.service';

@Controller()
export class BanksController {
  constructor(
    private readonly banks: BanksService,
    private readonly settings: TopupSettings,
  ) {}

  @HandleRpc(billingBanksRpc.list)
  async list(_input: EmptyDto, { reach }: Caller): Promise<BanksDto> {
    const { minRials, maxRials } = this.settings;
    return {
      banks: await this.banks.list(reach === 'any'),
      topupMinRials: minRials,
      topupMaxRials: maxRials,
    };
  }

  @HandleRpc(billingBanksRpc.switch)
  async switch(input: BankSwitchDto, caller: Caller): Promise<BankDto> {
    return this.banks.switch(input, accountOf(caller));
  }
}
