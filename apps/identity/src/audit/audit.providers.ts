import type { Provider, Type } from '@nestjs/common';
import { AuditConsumer } from './audit.consumer';
import { AuditController } from './audit.controller';
import { AuditReader } from './audit.reader';
import { AuditLog } from './audit.service';

export const auditControllers: Type[] = [AuditConsumer, AuditController];

export const auditProviders: Provider[] = [AuditReader, AuditLog];
