import { Controller } from '@nestjs/common';
import { identityBarcodesRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type { BarcodeDto, BarcodeOwnerDto, BarcodeTextDto } from '@peyk/contracts/identity';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { actedBy } from '../audit/audit.service';
import { BarcodesService } from './barcodes.service';

@Controller()
export class BarcodesController {
  constructor(private readonly barcodes: BarcodesService) {}

  @HandleRpc(identityBarcodesRpc.mine)
  async mine(_input: EmptyDto, caller: Caller): Promise<BarcodeDto> {
    return this.barcodes.mine(accountOf(caller));
  }

  @HandleRpc(identityBarcodesRpc.read)
  async read({ text }: BarcodeTextDto, caller: Caller): Promise<BarcodeOwnerDto> {
    return this.barcodes.read(text, actedBy(caller));
  }
}
