import { Card, Typography } from 'antd';
import { Link } from 'react-router';
import type { Schemas } from '../../../api/client';
import { dateTime, digits, fill, number, toman } from '../../../ui/format';
import { Fact } from '../../../ui/fact';
import { lineText } from '../../../parts/lines/line-words';
import { kinds, repeats } from '../../../parts/sends/words';
import fa from '../fa.json';

type Send = Schemas['SendDto'];

/** The fine details of a send (SMS-016, SMS-018). */
export function SendDetails({ send }: { send: Send }) {
  const {
    recipients,
    parts,
    kind,
    line,
    createdAt,
    sendAt,
    startedAt,
    finishedAt,
    repeat,
    repeatNo,
    repeatOf,
  } = send;
  return (
    // The longest of three: the two others stand one above the other where only two fit.
    <Card size="small" style={{ gridRow: 'span 2' }}>
      <Heading>{fa.details}</Heading>
      <dl className="card-facts">
        <Fact name={fa.kind} value={kinds[kind]} />
        <Fact name={fa.recipients} value={number(recipients)} />
        <Fact name={fa.parts} value={fill(fa.partsInAll, { parts, all: parts * recipients })} />
        <Fact name={fa.line} value={digits(lineText(line))} />
        <Fact name={fa.createdAt} value={dateTime(createdAt)} />
        {sendAt && <Fact name={fa.plannedFor} value={dateTime(sendAt)} />}
        {startedAt && <Fact name={fa.startedAt} value={dateTime(startedAt)} />}
        {finishedAt && <Fact name={fa.finishedAt} value={dateTime(finishedAt)} />}
        {repeat && (
          <Fact
            name={fa.repeat}
            value={fill(fa.repeatSaid, { every: repeats[repeat.every], times: repeat.times })}
          />
        )}
        {repeat && repeatNo && (
          <Fact name={fa.occurrence} value={fill(fa.occurrenceNo, { no: repeatNo, times: repeat.times })} />
        )}
        {repeatOf && (
          <Fact name={fa.repeatOf} value={<Link to={`/sends/${repeatOf}`}>{fa.firstOfRepeat}</Link>} />
        )}
        <Fact
          name={fa.sendId}
          value={
            <Typography.Text copyable className="ltr id">
              {send.id}
            </Typography.Text>
          }
        />
      </dl>
    </Card>
  );
}

/** What was held, what was spent and what came back. */
export function SendMoney({ money }: Pick<Send, 'money'>) {
  const { quotedRials, chargedRials, releasedRials, refundedRials, settled } = money;
  const held = Math.max(0, quotedRials - chargedRials - releasedRials);
  return (
    <Card size="small">
      <Heading>{fa.money}</Heading>
      <dl className="card-facts">
        <Fact name={fa.quoted} value={toman(quotedRials)} />
        {!settled && <Fact name={fa.held} value={toman(held)} />}
        <Fact name={fa.ownCharged} value={toman(chargedRials)} />
        {releasedRials > 0 && <Fact name={fa.released} value={toman(releasedRials)} />}
        {refundedRials > 0 && <Fact name={fa.refunded} value={toman(refundedRials)} />}
        <Fact name={fa.net} value={<b>{toman(chargedRials - refundedRials)}</b>} />
      </dl>
    </Card>
  );
}

export function SendText({ text }: { text: string }) {
  return (
    <Card size="small">
      <Heading>{fa.text}</Heading>
      <Typography.Paragraph copyable={{ text }} className="message-text" dir="auto">
        {text}
      </Typography.Paragraph>
    </Card>
  );
}

export function Heading({ children }: { children: string }) {
  return (
    <Typography.Title level={2} style={{ fontSize: 16, marginBlock: '0 8px' }}>
      {children}
    </Typography.Title>
  );
}
