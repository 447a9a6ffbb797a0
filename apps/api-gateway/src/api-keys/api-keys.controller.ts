import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { ApiKeyDraftDto, ApiKeyIdDto, ApiKeysDto, apiKeysRpc, EmptyDto, NewApiKeyDto } from '@peyk/contracts';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

/** API keys are made and revoked by people: no API key opens these routes. */
@ApiTags('API keys')
@Controller('api-keys')
export class ApiKeysController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', apiKeysRpc.create, { status: 201 })
  create(@Input() input: ApiKeyDraftDto, @Caller() { as }: SignedIn): Promise<NewApiKeyDto> {
    return this.runtime.rpc.call(apiKeysRpc.create, input, as);
  }

  @Endpoint('GET', '', apiKeysRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ApiKeysDto> {
    return this.runtime.rpc.call(apiKeysRpc.list, input, as);
  }

  @Endpoint('DELETE', ':keyId', apiKeysRpc.revoke, { answers: EmptyDto })
  async revoke(@Input() input: ApiKeyIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(apiKeysRpc.revoke, input, as);
  }
}
