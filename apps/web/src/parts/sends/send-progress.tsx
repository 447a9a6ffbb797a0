import { Flex, Tag, theme, Typography } from 'antd';
import type { Schemas } from '../../api/client';
import { duration, fill, number, percent } from '../../ui/format';
import { isMoving, timeLeftMs } from './send-figures';
import { sendStates } from './words';
import './sends.css';
import fa from './fa.json';

type Send = Schemas['SendDto'];

export function SendStateTag({ state }: { state: Send['state'] }) {
  const { text, tone } = sendStates[state];
  return <Tag color={tone === 'default' ? undefined : tone}>{text}</Tag>;
}

/** How far a send is, as a bar with its figures in words. `compact` leaves the figures out (lists). */
export function SendBar({ send, compact = false }: { send: Send; compact?: boolean }) {
  const { token } = theme.useToken();
  const { recipients, counts, partsPerSecond } = send;
  const failed = counts.failed + counts.undelivered + counts.blocked;
  const pieces = [
    { key: 'delivered', count: counts.delivered, color: token.colorSuccess, text: fa.barDelivered },
    { key: 'sent', count: counts.sent + counts.unreported, color: token.colorInfo, text: fa.barSent },
    { key: 'doubt', count: counts.inDoubt, color: token.colorWarning, text: fa.barInDoubt },
    { key: 'failed', count: failed, color: token.colorError, text: fa.barFailed },
    { key: 'cancelled', count: counts.cancelled, color: token.colorTextQuaternary, text: fa.barCancelled },
  ].filter(({ count }) => count > 0);
  const done = Math.max(0, recipients - counts.queued);
  const left = timeLeftMs(send);
  return (
    <div>
      <div
        role="progressbar"
        aria-label={fa.progressOf}
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={recipients > 0 ? Math.floor((100 * done) / recipients) : 0}
        className="send-bar"
        style={{ background: token.colorFillSecondary }}
      >
        {pieces.map(({ key, count, color }) => (
          <span
            key={key}
            style={{ width: `${(100 * count) / Math.max(1, recipients)}%`, background: color }}
          />
        ))}
      </div>
      {!compact && (
        <Flex gap="4px 16px" wrap className="numbers" style={{ marginBlockStart: 6, fontSize: 13 }}>
          <span>
            {fill(fa.doneOf, { done, all: recipients })} ({percent(done, recipients)})
          </span>
          {pieces.map(({ key, count, color, text }) => (
            <span key={key}>
              <i className="send-dot" style={{ background: color }} /> {text} {number(count)}
            </span>
          ))}
          {isMoving(send) && partsPerSecond > 0 && (
            <span>{fill(fa.pace, { pace: number(partsPerSecond, 1) })}</span>
          )}
          {left !== undefined && (
            <Typography.Text type="secondary">{fill(fa.timeLeft, { time: duration(left) })}</Typography.Text>
          )}
        </Flex>
      )}
    </div>
  );
}
