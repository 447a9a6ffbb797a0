import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Card, Flex, Typography } from 'antd';
import type { Schemas } from '../../../api/client';
import errors from '../../../i18n/errors.fa.json';
import { dateTime, fill, toman } from '../../../ui/format';
import { isMoving } from '../../../parts/sends/send-figures';
import { SendBar } from '../../../parts/sends/send-progress';
import fa from '../fa.json';
import { MessageList } from './message-list';
import { RecipientList } from './recipient-list';
import { SendCharts } from './send-charts';
import { Heading, SendDetails, SendMoney, SendText } from './send-details';

type Send = Schemas['SendDto'];

interface Props {
  readonly send: Send;
  /** Undefined until the first stream has begun or failed. */
  readonly isLive: boolean | undefined;
  /** An administrator reads it: the list that it came from is the customer's own. */
  readonly isForeign?: boolean;
}

/** A send as it runs and its report after, for every reader (SMS-014..SMS-018). */
export function SendReport({ send, isLive, isForeign = false }: Props) {
  const queries = useQueryClient();
  const moving = isMoving(send);
  return (
    <Flex vertical gap="middle">
      {send.refusal && (
        <Alert
          type="error"
          showIcon
          title={send.state === 'missed' ? fa.missedWhy : fa.refusedWhy}
          description={(errors as Readonly<Record<string, string>>)[send.refusal] ?? send.refusal}
        />
      )}
      {send.state === 'suspended' && <Alert type="warning" showIcon title={fa.suspendedAbout} />}
      {typeof send.money.plannedRials === 'number' && (
        <Alert
          type="warning"
          showIcon
          title={fill(fa.dearerAbout, {
            now: toman(send.money.quotedRials),
            planned: toman(send.money.plannedRials),
          })}
        />
      )}
      {send.waitsUntil && (
        <Alert type="info" showIcon title={fill(fa.waitsUntil, { at: dateTime(send.waitsUntil) })} />
      )}
      {send.counts.inDoubt > 0 && !moving && (
        <Alert type="warning" showIcon title={fill(fa.doubtAbout, { count: send.counts.inDoubt })} />
      )}
      <Card size="small">
        <SendBar send={send} />
        {moving && isLive === false && <small aria-live="polite">{fa.notLive}</small>}
      </Card>
      <div className="send-cards">
        <SendText text={send.text} />
        <SendDetails send={send} />
        <SendMoney money={send.money} />
      </div>
      {!send.messagesRemovedAt && <SendCharts sendId={send.id} counts={send.counts} />}
      {hasNoMessages(send) ? (
        <section>
          <Heading>{fa.recipientsOf}</Heading>
          <Typography.Paragraph type="secondary">{fa.recipientsBefore}</Typography.Paragraph>
          <RecipientList send={send} isForeign={isForeign} />
        </section>
      ) : (
        <section>
          <Flex justify="space-between" align="center" gap="small">
            <Heading>{fa.messages}</Heading>
            <Button
              className="no-print"
              onClick={() => void queries.resetQueries({ queryKey: ['messages', send.id] })}
            >
              {fa.refresh}
            </Button>
          </Flex>
          {send.messagesRemovedAt ? (
            <Alert
              type="info"
              showIcon
              title={fill(fa.messagesRemoved, { at: dateTime(send.messagesRemovedAt) })}
            />
          ) : (
            <MessageList sendId={send.id} />
          )}
        </section>
      )}
    </Flex>
  );
}

/** Before its time, or ended before it: then it is its list that says to whom. */
export function hasNoMessages({ state, sendAt, finishedAt }: Send): boolean {
  if (state === 'cancelled') return Boolean(sendAt && finishedAt && finishedAt < sendAt);
  return (['scheduled', 'suspended', 'placing', 'refused', 'missed'] as Send['state'][]).includes(state);
}
