import { smsTemplateGroupsRpc, smsTemplatesRpc } from '@peyk/contracts/sms';
import { passOn, routeTable } from '../routes/route-table';

export const templatesRoutes = routeTable('templates', [
  passOn('POST', 'templates', smsTemplatesRpc.create, { status: 201 }),
  passOn('GET', 'templates', smsTemplatesRpc.list),
  passOn('GET', 'templates/:templateId', smsTemplatesRpc.read),
  passOn('PUT', 'templates/:templateId', smsTemplatesRpc.update),
  passOn('DELETE', 'templates/:templateId', smsTemplatesRpc.delete),
  passOn('POST', 'template-groups', smsTemplateGroupsRpc.create, { status: 201 }),
  passOn('GET', 'template-groups', smsTemplateGroupsRpc.list),
  passOn('PUT', 'template-groups/:groupId', smsTemplateGroupsRpc.rename),
  passOn('DELETE', 'template-groups/:groupId', smsTemplateGroupsRpc.delete),
]);
