import { useQuery } from '@tanstack/react-query';
import { Drawer, Flex, Grid, Tag, Timeline, Typography } from 'antd';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { digits, fill, mobile, moment, number, toman } from '../../../ui/format';
import { Failure, isLost, Loading } from '../../../ui/states';
import { operatorTitles } from '../../../ui/terms';
import { Fact } from '../../../ui/fact';
import { messageStates } from '../../../parts/sends/words';
import { eventColor, eventText, receiptText } from './message-words';
import fa from '../fa.json';

type Story = Schemas['MessageTimelineDto'];

/** One message: its parts and what happened to it, in order (SMS-016). */
export function MessageDrawer({
  sendId,
  position,
  onClose,
}: {
  sendId: string;
  position: number;
  onClose: () => void;
}) {
  const wide = Grid.useBreakpoint().md ?? true;
  const { data, error, refetch } = useQuery({
    queryKey: ['message', sendId, position],
    queryFn: () =>
      ok(
        api.GET('/api/v1/sends/{sendId}/messages/{position}', {
          params: { path: { sendId, position } },
        }),
      ),
  });
  return (
    <Drawer
      open
      placement="left"
      size={wide ? 420 : '100%'}
      title={fill(fa.messageNo, { position })}
      onClose={onClose}
    >
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : data ? (
        <MessageStory {...data} />
      ) : (
        <Loading />
      )}
    </Drawer>
  );
}

function MessageStory({ message, parts, events }: Story) {
  const { text, tone } = messageStates[message.state];
  return (
    <Flex vertical gap="large">
      <dl className="card-facts">
        <Fact name={fa.recipient} value={<bdi dir="ltr">{mobile(message.msisdn)}</bdi>} />
        <Fact name={fa.operator} value={operatorTitles[message.operator]} />
        <Fact name={fa.state} value={<Tag color={tone === 'default' ? undefined : tone}>{text}</Tag>} />
        <Fact name={fa.ownCharged} value={toman(message.chargedRials)} />
        {message.refundedRials > 0 && <Fact name={fa.refunded} value={toman(message.refundedRials)} />}
      </dl>
      <section>
        <Title>{fa.timeline}</Title>
        <Timeline
          items={events.map((event, index) => ({
            key: index,
            color: eventColor(event.kind),
            content: (
              <>
                <div>{eventText(event)}</div>
                <Typography.Text type="secondary" className="numbers">
                  {event.at ? moment(event.at) : fa.momentUnknown}
                </Typography.Text>
              </>
            ),
          }))}
        />
      </section>
      {parts.length > 0 && (
        <section>
          <Title>{fa.parts}</Title>
          <Flex vertical gap="small" component="ul" className="plain-list">
            {parts.map(({ no, operatorId, submittedAt, receipt }) => (
              <li key={no}>
                <b>{number(no)}.</b> {receiptText(receipt)}
                {submittedAt && `${fa.comma}${moment(submittedAt)}`}
                {operatorId && (
                  <div>
                    <Typography.Text type="secondary">{fa.operatorId}</Typography.Text>{' '}
                    <bdi className="id">{operatorId}</bdi>
                  </div>
                )}
              </li>
            ))}
          </Flex>
        </section>
      )}
      {typeof message.errorStatus === 'number' && (
        <span>{fill(fa.operatorError, { code: digits(String(message.errorStatus)) })}</span>
      )}
    </Flex>
  );
}

function Title({ children }: { children: string }) {
  return (
    <Typography.Title level={3} style={{ fontSize: 15 }}>
      {children}
    </Typography.Title>
  );
}
