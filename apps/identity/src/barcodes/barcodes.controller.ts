import { Controller } from '@nestjs/common';
import { barcodesRpc, DomainError } from '@peyk/contracts';
import type { BarcodeDto, BarcodeOwnerDto, BarcodeTextDto, EmptyDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { BarcodesService } from './barcodes.service';

@Controller()
export class BarcodesController {
  constructor(private readonly barcodes: BarcodesService) {}

  @HandleRpc(barcodesRpc.mine)
  async mine(_input: EmptyDto, caller: Caller): Promise<BarcodeDto> {
    return this.barcodes.mine(personOf(caller));
  }

  @HandleRpc(barcodesRpc.read)
  async read({ text }: BarcodeTextDto, caller: Caller): Promise<BarcodeOwnerDto> {
    return this.barcodes.read(text, personOf(caller));
  }
}

function personOf({ principal }: Caller): string {
  if (principal?.kind !== 'user') throw new DomainError('access.denied');
  return principal.accountId;
}
