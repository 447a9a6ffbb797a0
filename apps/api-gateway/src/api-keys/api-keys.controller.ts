import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  ApiKeyDraftDto,
  ApiKeyIdDto,
  ApiKeysDto,
  identityApiKeysRpc,
  NewApiKeyDto,
} from '@peyk/contracts/identity';
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

  @Endpoint('POST', '', identityApiKeysRpc.create, { status: 201 })
  create(@Input() input: ApiKeyDraftDto, @Caller() { as }: SignedIn): Promise<NewApiKeyDto> {
    return this.runtime.rpc.call(identityApiKeysRpc.create, input, as);
  }

  @Endpoint('GET', '', identityApiKeysRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<ApiKeysDto> {
    return this.runtime.rpc.call(identityApiKeysRpc.list, input, as);
  }

  @Endpoint('DELETE', ':keyId', identityApiKeysRpc.revoke, { answers: EmptyDto })
  async revoke(@Input() input: ApiKeyIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(identityApiKeysRpc.revoke, input, as);
  }
}
