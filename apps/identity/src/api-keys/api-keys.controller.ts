import { Controller } from '@nestjs/common';
import { apiKeysRpc } from '@peyk/contracts';
import type {
  ApiKeyDraftDto,
  ApiKeyExchangeDto,
  ApiKeyGrantDto,
  ApiKeyIdDto,
  ApiKeysDto,
  EmptyDto,
  NewApiKeyDto,
} from '@peyk/contracts';
import { accountOf, HandleRpc } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { actedBy } from '../audit/audit.service';
import { ApiKeysService } from './api-keys.service';

@Controller()
export class ApiKeysController {
  constructor(private readonly keys: ApiKeysService) {}

  @HandleRpc(apiKeysRpc.create)
  async create(draft: ApiKeyDraftDto, caller: Caller): Promise<NewApiKeyDto> {
    return this.keys.create(accountOf(caller), draft, actedBy(caller));
  }

  @HandleRpc(apiKeysRpc.list)
  async list(_input: EmptyDto, caller: Caller): Promise<ApiKeysDto> {
    return this.keys.list(accountOf(caller));
  }

  @HandleRpc(apiKeysRpc.revoke)
  async revoke({ keyId }: ApiKeyIdDto, caller: Caller): Promise<EmptyDto> {
    await this.keys.revoke(accountOf(caller), keyId, actedBy(caller));
    return {};
  }

  @HandleRpc(apiKeysRpc.exchange)
  async exchange(input: ApiKeyExchangeDto): Promise<ApiKeyGrantDto> {
    return this.keys.exchange(input);
  }
}
