import { SendIdDto, smsMessagesRpc, smsSendsRpc } from '@peyk/contracts/sms';
import { passOn, routeTable, special } from '../routes/route-table';

export const sendsRoutes = routeTable('sends', [
  passOn('POST', 'sends/quote', smsSendsRpc.quote),
  passOn('POST', 'sends', smsSendsRpc.create, { status: 201, idempotencyKey: 'idempotencyKey' }),
  passOn('GET', 'sends', smsSendsRpc.list),
  passOn('GET', 'sends/:sendId', smsSendsRpc.read),
  passOn('PUT', 'sends/:sendId', smsSendsRpc.change),
  passOn('POST', 'sends/:sendId/pause', smsSendsRpc.pause),
  passOn('POST', 'sends/:sendId/resume', smsSendsRpc.resume),
  passOn('POST', 'sends/:sendId/cancel', smsSendsRpc.cancel),
  passOn('GET', 'sends/:sendId/recipients', smsSendsRpc.recipients),
  passOn('GET', 'sends/:sendId/messages', smsMessagesRpc.list),
  passOn('GET', 'sends/:sendId/messages/:position', smsMessagesRpc.read),
  passOn('GET', 'sends/:sendId/breakdown', smsSendsRpc.breakdown),
  special('report', 'GET', 'sends/:sendId/report.csv', smsMessagesRpc.report, {
    input: SendIdDto,
    answers: { mediaType: 'text/csv', holds: 'One line a message, Persian headings' },
    summary: 'The whole report of a send as CSV, safe from formula injection (SMS-214, SMS-215).',
  }),
  special('progress', 'GET', 'sends/:sendId/progress', smsSendsRpc.read, {
    answers: {
      mediaType: 'text/event-stream',
      holds:
        'Server-sent events: `snapshot` (SendDto), `progress` (live: counts, charged Rial, parts a second), `refused` ({ code }: the token ended or the like; sign in anew and reopen), `end` (SendDto: final, settled, and no receipt came for a while)',
    },
    summary: 'Live progress of a send until it is final and settled.',
  }),
  passOn('POST', 'sends/:sendId/settle-doubt', smsMessagesRpc.settleDoubt),
]);
