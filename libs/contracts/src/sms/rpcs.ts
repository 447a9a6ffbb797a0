import { rpcsOf } from '../core/define';
import { smsActivityRpc } from './activity.rpc';
import { smsCodesRpc } from './codes.rpc';
import { smsDeadLettersRpc } from './dead-letters.rpc';
import { smsWorkersRpc } from './dispatch';
import { smsInboxRpc } from './inbox.rpc';
import { smsLinesRpc, smsLineClassesRpc, smsLinePoolRpc } from './lines.rpc';
import { smsLinksRpc } from './links.rpc';
import { smsMessagesRpc } from './messages.rpc';
import { smsOptOutsRpc } from './opt-outs.rpc';
import { smsSendsRpc } from './sends.rpc';
import { smsTemplatesRpc, smsTemplateGroupsRpc } from './templates.rpc';

export const smsRpcs = rpcsOf('sms', {
  activity: smsActivityRpc,
  codes: smsCodesRpc,
  deadLetters: smsDeadLettersRpc,
  inbox: smsInboxRpc,
  lineClasses: smsLineClassesRpc,
  linePool: smsLinePoolRpc,
  lines: smsLinesRpc,
  links: smsLinksRpc,
  messages: smsMessagesRpc,
  optOuts: smsOptOutsRpc,
  sends: smsSendsRpc,
  templateGroups: smsTemplateGroupsRpc,
  templates: smsTemplatesRpc,
  workers: smsWorkersRpc,
});
