import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { StatementDto, StatementQueryDto, WalletDto, WalletQueryDto, billingRpc } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('wallet')
@Controller()
export class WalletController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'wallet', billingRpc.readWallet)
  readWallet(@Input() input: WalletQueryDto, @Caller() { as }: SignedIn): Promise<WalletDto> {
    return this.runtime.rpc.call(billingRpc.readWallet, input, as);
  }

  @Endpoint('GET', 'wallet/statement', billingRpc.statement)
  statement(@Input() input: StatementQueryDto, @Caller() { as }: SignedIn): Promise<StatementDto> {
    return this.runtime.rpc.call(billingRpc.statement, input, as);
  }
}
