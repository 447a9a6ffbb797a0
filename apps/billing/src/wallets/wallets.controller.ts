import { Controller } from '@nestjs/common';
import { billingRpc } from '@peyk/contracts';
import type { CreditDto, StatementDto, StatementQueryDto, WalletDto, WalletQueryDto } from '@peyk/contracts';
import { HandleRpc, type Caller } from '@peyk/messaging';
import { walletHolder, walletOwner } from './wallet.policy';
import { WalletsService } from './wallets.service';

@Controller()
export class WalletsController {
  constructor(private readonly wallets: WalletsService) {}

  @HandleRpc(billingRpc.readWallet)
  async readWallet({ customerId }: WalletQueryDto, { principal }: Caller): Promise<WalletDto> {
    return this.wallets.read(walletOwner(principal, customerId));
  }

  @HandleRpc(billingRpc.statement)
  async statement(page: StatementQueryDto, { principal }: Caller): Promise<StatementDto> {
    return this.wallets.statement(walletHolder(principal), page);
  }

  @HandleRpc(billingRpc.credit)
  async credit(credit: CreditDto): Promise<WalletDto> {
    return this.wallets.credit(credit);
  }
}
