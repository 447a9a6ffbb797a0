import { Controller, Inject } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import {
  EmptyDto,
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
  templateGroupsRpc,
  templatesRpc,
} from '@peyk/contracts';
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

  @Endpoint('POST', '', templatesRpc.create, { status: 201 })
  create(@Input() input: TemplateDraftDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(templatesRpc.create, input, as);
  }

  @Endpoint('GET', '', templatesRpc.list)
  list(@Input() input: TemplatesQueryDto, @Caller() { as }: SignedIn): Promise<TemplatesDto> {
    return this.runtime.rpc.call(templatesRpc.list, input, as);
  }

  @Endpoint('GET', ':templateId', templatesRpc.read)
  read(@Input() input: TemplateIdDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(templatesRpc.read, input, as);
  }

  @Endpoint('PUT', ':templateId', templatesRpc.update)
  update(@Input() input: TemplateUpdateDto, @Caller() { as }: SignedIn): Promise<TemplateDto> {
    return this.runtime.rpc.call(templatesRpc.update, input, as);
  }

  @Endpoint('DELETE', ':templateId', templatesRpc.remove, { answers: EmptyDto })
  async remove(@Input() input: TemplateIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(templatesRpc.remove, input, as);
  }
}

@ApiTags('templates')
@Controller('template-groups')
export class TemplateGroupsController {
  constructor(@Inject(MESSAGING) private readonly runtime: MessagingRuntime) {}

  @Endpoint('POST', '', templateGroupsRpc.create, { status: 201 })
  create(@Input() input: TemplateGroupDraftDto, @Caller() { as }: SignedIn): Promise<TemplateGroupDto> {
    return this.runtime.rpc.call(templateGroupsRpc.create, input, as);
  }

  @Endpoint('GET', '', templateGroupsRpc.list)
  list(@Input() input: EmptyDto, @Caller() { as }: SignedIn): Promise<TemplateGroupsDto> {
    return this.runtime.rpc.call(templateGroupsRpc.list, input, as);
  }

  @Endpoint('PUT', ':groupId', templateGroupsRpc.rename)
  rename(@Input() input: TemplateGroupRenameDto, @Caller() { as }: SignedIn): Promise<TemplateGroupDto> {
    return this.runtime.rpc.call(templateGroupsRpc.rename, input, as);
  }

  @Endpoint('DELETE', ':groupId', templateGroupsRpc.remove, { answers: EmptyDto })
  async remove(@Input() input: TemplateGroupIdDto, @Caller() { as }: SignedIn): Promise<void> {
    await this.runtime.rpc.call(templateGroupsRpc.remove, input, as);
  }
}
