import { Controller } from '@nestjs/common';
import { identityAccessRpc } from '@peyk/contracts/identity';
import type { RevocationsDto } from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { RevocationsService } from './revocations.service';

@Controller()
export class RevocationsController {
  constructor(private readonly revocations: RevocationsService) {}

  @HandleRpc(identityAccessRpc.revocations)
  list(): Promise<RevocationsDto> {
    return this.revocations.list();
  }
}
