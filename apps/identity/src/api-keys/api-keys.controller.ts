import { Controller } from '@nestjs/common';
import { identityApiKeysRpc } from '@peyk/contracts/identity';
import type { EmptyDto } from '@peyk/contracts';
import type {
  ApiKeyDraftDto,
  ApiKeyExchangeDto,
  ApiKeyGrantDto,
  ApiKeyIdDto,
  ApiKeysDto,
  NewApiKeyDto,
} from '@peyk/contracts/identity';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { actedBy } from '../audit/audit.service';
import { ApiKeysService } from './api-keys.service';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @HandleRpc(identityApiKeysRpc.create)
  async create(draft: ApiKeyDraftDto, caller: Caller): Promise<NewApiKeyDto> {
    return this.keys.create(accountOf(caller), draft, actedBy(caller));
  }

  @HandleRpc(identityApiKeysRpc.list)
  async list(_input: EmptyDto, caller: Caller): Promise<ApiKeysDto> {
    return this.keys.list(accountOf(caller));
  }

  @HandleRpc(identityApiKeysRpc.revoke)
  async revoke({ keyId }: ApiKeyIdDto, caller: Caller): Promise<EmptyDto> {
    await this.keys.revoke(accountOf(caller), keyId, actedBy(caller));
    return {};
  }

  @HandleRpc(identityApiKeysRpc.exchange)
  async exchange(input: ApiKeyExchangeDto): Promise<ApiKeyGrantDto> {
    return this.keys.exchange(input);
  }
}
