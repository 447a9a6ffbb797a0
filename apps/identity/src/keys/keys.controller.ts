import { Controller } from '@nestjs/common';
import { identityKeysRpc } from '@peyk/contracts/identity';
import type { VerificationKeysDto } from '@peyk/contracts/identity';
import { HandleRpc } from '@peyk/messaging';
import { SigningKeysService } from './signing-keys.service';

@Controller()
export class KeysController {
  constructor(private readonly keys: SigningKeysService) {}

  @HandleRpc(identityKeysRpc.list)
  async list(): Promise<VerificationKeysDto> {
    return { keys: await this.keys.published() };
  }
}
