import { Controller } from '@nestjs/common';
import { identityRpc } from '@peyk/contracts';
import type { VerificationKeysDto } from '@peyk/contracts';
import { HandleRpc } from '@peyk/messaging';
import { SigningKeysService } from './signing-keys.service';

@Controller()
export class KeysController {
  constructor(private readonly keys: SigningKeysService) {}

  @HandleRpc(identityRpc.keys)
  async list(): Promise<VerificationKeysDto> {
    return { keys: await this.keys.published() };
  }
}
