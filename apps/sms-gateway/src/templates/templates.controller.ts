import { Controller } from '@nestjs/common';
import { smsTemplateGroupsRpc, smsTemplatesRpc } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
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
import { HandleRpc, accountOf } from '@peyk/messaging';
import type { Caller } from '@peyk/messaging';
import { TemplateGroupsService } from './template-groups.service';
import { TemplatesService } from './templates.service';

@Controller()
export class TemplatesController {
  constructor(
    private readonly templates: TemplatesService,
    private readonly groups: TemplateGroupsService,
  ) {}

  @HandleRpc(smsTemplatesRpc.create)
  create(draft: TemplateDraftDto, caller: Caller): Promise<TemplateDto> {
    return this.templates.create(accountOf(caller), draft);
  }

  @HandleRpc(smsTemplatesRpc.list)
  list(filter: TemplatesQueryDto, caller: Caller): Promise<TemplatesDto> {
    return this.templates.list(accountOf(caller), filter);
  }

  @HandleRpc(smsTemplatesRpc.read)
  read({ templateId }: TemplateIdDto, caller: Caller): Promise<TemplateDto> {
    return this.templates.read(accountOf(caller), templateId);
  }

  @HandleRpc(smsTemplatesRpc.update)
  update(input: TemplateUpdateDto, caller: Caller): Promise<TemplateDto> {
    return this.templates.update(accountOf(caller), input);
  }

  @HandleRpc(smsTemplatesRpc.delete)
  remove({ templateId }: TemplateIdDto, caller: Caller): Promise<EmptyDto> {
    return this.templates.remove(accountOf(caller), templateId);
  }

  @HandleRpc(smsTemplateGroupsRpc.create)
  createGroup(draft: TemplateGroupDraftDto, caller: Caller): Promise<TemplateGroupDto> {
    return this.groups.create(accountOf(caller), draft);
  }

  @HandleRpc(smsTemplateGroupsRpc.list)
  listGroups(_input: EmptyDto, caller: Caller): Promise<TemplateGroupsDto> {
    return this.groups.list(accountOf(caller));
  }

  @HandleRpc(smsTemplateGroupsRpc.rename)
  renameGroup(input: TemplateGroupRenameDto, caller: Caller): Promise<TemplateGroupDto> {
    return this.groups.rename(accountOf(caller), input);
  }

  @HandleRpc(smsTemplateGroupsRpc.delete)
  removeGroup({ groupId }: TemplateGroupIdDto, caller: Caller): Promise<EmptyDto> {
    return this.groups.remove(accountOf(caller), groupId);
  }
}
