import { Controller } from '@nestjs/common';
import { identityAuditRpc } from '@peyk/contracts/identity';
import type { AuditDto, AuditQueryDto } from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { AuditReader } from './audit.reader';

@Controller()
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  @HandleRpc(identityAuditRpc.list)
  list(input: AuditQueryDto): Promise<AuditDto> {
    return this.reader.list(input);
  }
}
