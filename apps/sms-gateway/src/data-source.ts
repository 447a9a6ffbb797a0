import type { DatabaseOptions } from '@peyk/database';
import { AddInboxAge1790000021000, CreateMessaging1790000000000, messagingEntities } from '@peyk/messaging';
import type { SmsGatewayConfig } from './config';
import { Activity } from './activity/activity.entity';
import { Customer } from './customers/customer.entity';
import {
  InboundPart,
  InboxMessage,
  InboxThread,
  InboxWords,
  SecretaryAnswer,
  ThreadSend,
  UnlinedMessage,
} from './inbox/inbox.entity';
import { Line, LineClassTerms, PooledLine } from './lines/line.entity';
import { Link, LinkBind, LinkError, LinkShare, LinkThrottle, WorkerSession } from './links/link.entity';
import { Batch } from './messages/batch.entity';
import { DoubtSettlement, Message, OrphanReceipt, ReceiptWait, Submission } from './messages/message.entity';
import { CreateSms1790000001000 } from './migrations/1790000001000-create-sms';
import { AddOptOutsAndSecretary1790000002000 } from './migrations/1790000002000-add-opt-outs-and-secretary';
import { CreateTemplates1790000003000 } from './migrations/1790000003000-create-templates';
import { AddLinePool1790000004000 } from './migrations/1790000004000-add-line-pool';
import { AddResale1790000005000 } from './migrations/1790000005000-add-resale';
import { CreateActivity1790000006000 } from './migrations/1790000006000-create-activity';
import { CreateDoubtSettlements1790000007000 } from './migrations/1790000007000-create-doubt-settlements';
import { CreateInboxThreads1790000008000 } from './migrations/1790000008000-create-inbox-threads';
import { AddLinkWatch1790000009000 } from './migrations/1790000009000-add-link-watch';
import { AddOpenWork1790000011000 } from './migrations/1790000011000-add-open-work';
import { AddLinkRules1790000013000 } from './migrations/1790000013000-add-link-rules';
import { AddInboundRules1790000013100 } from './migrations/1790000013100-add-inbound-rules';
import { MakeLinksEditable1790000014000 } from './migrations/1790000014000-make-links-editable';
import { SealLinkPasswords1790000014001 } from './migrations/1790000014001-seal-link-passwords';
import { CreateThreadSends1790000014002 } from './migrations/1790000014002-create-thread-sends';
import { AddSchedule1790000015000 } from './migrations/1790000015000-add-schedule';
import { AddRetention1790000022000 } from './migrations/1790000022000-add-retention';
import { CreateWords1790000016000 } from './migrations/1790000016000-create-words';
import { CreateInboxWords1790000016100 } from './migrations/1790000016100-create-inbox-words';
import { WidenOptOuts1790000018500 } from './migrations/1790000018500-widen-opt-outs';
import { OptOut } from './opt-outs/opt-out.entity';
import { Send } from './sends/send.entity';
import { SendWords, WordMark } from './sends/send-words.entity';
import { Template, TemplateGroup } from './templates/template.entity';

export const smsEntities = [
  Activity,
  Batch,
  Customer,
  DoubtSettlement,
  InboundPart,
  InboxMessage,
  InboxThread,
  InboxWords,
  Line,
  LineClassTerms,
  Link,
  LinkBind,
  LinkError,
  LinkShare,
  LinkThrottle,
  Message,
  OptOut,
  OrphanReceipt,
  PooledLine,
  ReceiptWait,
  SecretaryAnswer,
  Send,
  SendWords,
  Submission,
  ThreadSend,
  Template,
  TemplateGroup,
  UnlinedMessage,
  WordMark,
  WorkerSession,
  ...messagingEntities,
];
export const smsMigrations = [
  CreateMessaging1790000000000,
  AddInboxAge1790000021000,
  CreateSms1790000001000,
  AddOptOutsAndSecretary1790000002000,
  CreateTemplates1790000003000,
  AddLinePool1790000004000,
  AddResale1790000005000,
  CreateActivity1790000006000,
  CreateDoubtSettlements1790000007000,
  CreateInboxThreads1790000008000,
  AddLinkWatch1790000009000,
  AddOpenWork1790000011000,
  AddLinkRules1790000013000,
  AddInboundRules1790000013100,
  MakeLinksEditable1790000014000,
  SealLinkPasswords1790000014001,
  CreateThreadSends1790000014002,
  AddSchedule1790000015000,
  AddRetention1790000022000,
  CreateWords1790000016000,
  CreateInboxWords1790000016100,
  WidenOptOuts1790000018500,
];

export function databaseOptions(
  config: Pick<SmsGatewayConfig, 'databaseUrl' | 'databasePoolMax'> &
    Partial<Pick<SmsGatewayConfig, 'databaseDispatchPoolMax'>>,
): DatabaseOptions {
  return {
    url: config.databaseUrl,
    entities: smsEntities,
    migrations: smsMigrations,
    poolMax: config.databasePoolMax,
    reservedPoolMax: config.databaseDispatchPoolMax,
    applicationName: 'sms-gateway',
  };
}
