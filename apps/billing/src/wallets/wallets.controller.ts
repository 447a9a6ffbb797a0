import { Controller } from '@nestjs/common';
import { billingWalletsRpc } from '@peyk/contracts/billing';
import type {
  CreditDto,
  StatementDto,
  StatementQueryDto,
  StatementSummaryDto,
  StatementSummaryQueryDto,
  WalletAlertDto,
  WalletDto,
  WalletQueryDto,
} from '@peyk/contracts/billing';
import { HandleRpc, accountOf, type Caller } from '@peyk/messaging';
import { walletOwner } from './wallet.policy';
import { WalletsService } from './wallets.service';

@Controller()
export class WalletsController {
  constructor(private readonly wallets: WalletsService) {}

  @HandleRpc(billingWalletsRpc.read)
  async readWallet({ customerId }: WalletQueryDto, caller: Caller): Promise<WalletDto> {
    return this.wallets.read(walletOwner(caller, customerId));
  }

  @HandleRpc(billingWalletsRpc.statement)
  async statement(page: StatementQueryDto, caller: Caller): Promise<StatementDto> {
    return this.wallets.statement(walletOwner(caller, page.customerId), page);
  }

  @HandleRpc(billingWalletsRpc.summary)
  async summary(period: StatementSummaryQueryDto, caller: Caller): Promise<StatementSummaryDto> {
    return this.wallets.summary(walletOwner(caller, period.customerId), period);
  }

  @HandleRpc(billingWalletsRpc.setAlert)
  async setAlert({ alertRials }: WalletAlertDto, caller: Caller): Promise<WalletDto> {
    return this.wallets.setAlert(accountOf(caller), alertRials);
  }

  @HandleRpc(billingWalletsRpc.credit)
  async credit(credit: CreditDto): Promise<WalletDto> {
    return this.wallets.credit(credit);
  }
}
