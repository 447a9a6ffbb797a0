import { TemplateGroupsService } from './template-groups.service';
import { TemplatesController } from './templates.controller';
import { TemplatesService } from './templates.service';

export const templatesControllers = [TemplatesController];
export const templatesProviders = [TemplateGroupsService, TemplatesService];
