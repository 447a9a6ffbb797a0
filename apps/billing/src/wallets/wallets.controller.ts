import { Controller } from '@nestjs/common';
import { billingRpc } from '@peyk/contracts';
import type { CreditDto, StatementDto, StatementQueryDto, WalletDto, WalletQueryDto } from '@peyk/contracts';
import { HandleRpc, accountOf, type Caller } from '@peyk/messaging';
import { walletOwner } from './wallet.policy';
import { WalletsService } from './wallets.service';

@Controller()
export class WalletsController {
  constructor(private readonly wallets: WalletsService) {}

  @HandleRpc(billingRpc.readWallet)
  async readWallet({ customerId }: WalletQueryDto, caller: Caller): Promise<WalletDto> {
    return this.wallets.read(walletOwner(caller, customerId));
  }

  @HandleRpc(billingRpc.statement)
  async statement(page: StatementQueryDto, caller: Caller): Promise<StatementDto> {
    return this.wallets.statement(accountOf(caller), page);
  }

  @HandleRpc(billingRpc.credit)
  async credit(credit: CreditDto): Promise<WalletDto> {
    return this.wallets.credit(credit);
  }
}
