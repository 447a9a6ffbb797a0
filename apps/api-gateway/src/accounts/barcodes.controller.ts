import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import { BarcodeDto, BarcodeOwnerDto, BarcodeTextDto, identityBarcodesRpc } from '@peyk/contracts/identity';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('barcodes')
@Controller()
export class BarcodesController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('GET', 'me/barcode', identityBarcodesRpc.mine)
  mine(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<BarcodeDto> {
    return this.runtime.rpc.call(identityBarcodesRpc.mine, input, as);
  }

  @Endpoint('POST', 'barcodes/read', identityBarcodesRpc.read)
  read(@Input() input: BarcodeTextDto, @Caller() { as }: SignedIn): Promise<BarcodeOwnerDto> {
    return this.runtime.rpc.call(identityBarcodesRpc.read, input, as);
  }
}
