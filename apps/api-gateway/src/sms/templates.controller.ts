import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import { EmptyDto } from '@peyk/contracts';
import {
  smsTemplateGroupsRpc,
  smsTemplatesRpc,
  TemplateDraftDto,
  TemplateDto,
  TemplateGroupDraftDto,
  TemplateGroupDto,
  TemplateGroupIdDto,
  TemplateGroupRenameDto,
  TemplateGroupsDto,
  TemplateIdDto,
  TemplatesDto,
  TemplatesQueryDto,
  TemplateUpdateDto,
} from '@peyk/contracts/sms';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Caller } from '../auth/caller.decorator';
import type { SignedIn } from '../auth/caller.decorator';
import { Endpoint } from '../http/endpoint.decorator';
import { Input } from '../http/input.decorator';

@ApiTags('templates')
@Controller('templates')
export class TemplatesController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', smsTemplatesRpc.create, { status: 201 })
  create(@Input() input: TemplateDraftDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(smsTemplatesRpc.create, input, as);
  }

  @Endpoint('GET', '', smsTemplatesRpc.list)
  list(@Input() input: TemplatesQueryDto, @Caller() { as }: SignedIn): Promise<TemplatesDto> {
    return this.runtime.rpc.call(smsTemplatesRpc.list, input, as);
  }

  @Endpoint('GET', ':templateId', smsTemplatesRpc.read)
  read(@Input() input: TemplateIdDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(smsTemplatesRpc.read, input, as);
  }

  @Endpoint('PUT', ':templateId', smsTemplatesRpc.update)
  update(@Input() input: TemplateUpdateDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(smsTemplatesRpc.update, input, as);
  }

  @Endpoint('DELETE', ':templateId', smsTemplatesRpc.delete, { answers: EmptyDto })
  async remove(@Input() input: TemplateIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsTemplatesRpc.delete, input, as);
  }
}

@ApiTags('templates')
@Controller('template-groups')
export class TemplateGroupsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', smsTemplateGroupsRpc.create, { status: 201 })
  create(@Input() input: TemplateGroupDraftDto, @Caller() { as }: SignedIn): Promise<TemplateGroupDto> {
    return this.runtime.rpc.call(smsTemplateGroupsRpc.create, input, as);
  }

  @Endpoint('GET', '', smsTemplateGroupsRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<TemplateGroupsDto> {
    return this.runtime.rpc.call(smsTemplateGroupsRpc.list, input, as);
  }

  @Endpoint('PUT', ':groupId', smsTemplateGroupsRpc.rename)
  rename(@Input() input: TemplateGroupRenameDto, @Caller() { as }: SignedIn): Promise<TemplateGroupDto> {
    return this.runtime.rpc.call(smsTemplateGroupsRpc.rename, input, as);
  }

  @Endpoint('DELETE', ':groupId', smsTemplateGroupsRpc.delete, { answers: EmptyDto })
  async remove(@Input() input: TemplateGroupIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(smsTemplateGroupsRpc.delete, input, as);
  }
}
