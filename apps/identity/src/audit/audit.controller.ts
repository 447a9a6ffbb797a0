import { Controller } from '@nestjs/common';
import { auditRpc } from '@peyk/contracts';
import type { AuditDto, AuditQueryDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { AuditReader } from './audit.reader';

@Controller()
export class AuditController {
  constructor(private readonly reader: AuditReader) {}

  @HandleRpc(auditRpc.list)
  list(input: AuditQueryDto): Promise<AuditDto> {
    return this.reader.list(input);
  }
}
