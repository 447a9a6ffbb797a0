import { defineRpc } from '../core/define';
import {
  RecipientCountDto,
  RecipientCountQueryDto,
  RecipientPageDto,
  RecipientPageQueryDto,
  RecipientPlaceDto,
  RecipientSearchDto,
  ownList,
} from './lists.rpc';

export const targetingRecipientsRpc = {
  count: defineRpc({
    name: 'targeting.recipients.count',
    input: RecipientCountQueryDto,
    output: RecipientCountDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'How many recipients a slice has, by operator.',
    errors: [...ownList, 'list.notReady', 'list.empty', 'list.sliceOutOfRange'],
  }),
  page: defineRpc({
    name: 'targeting.recipients.page',
    input: RecipientPageQueryDto,
    output: RecipientPageDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Up to 1,000 recipients in stable order (TGT-204).',
    errors: [...ownList],
  }),
  find: defineRpc({
    name: 'targeting.recipients.find',
    input: RecipientSearchDto,
    output: RecipientPlaceDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Where in a list a number stands.',
    errors: [...ownList],
    deadlineMs: 15_000,
  }),
};
