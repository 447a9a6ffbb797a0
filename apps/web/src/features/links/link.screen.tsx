import { useQuery } from '@tanstack/react-query';
import { Card, Col, Flex, Row, Statistic, Tag } from 'antd';
import { Link as To, useParams } from 'react-router';
import { api, ok } from '../../api/client';
import { duration, fill, number } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, Loading } from '../../ui/states';
import { LinkDeeds, LinkTest } from './link-deeds';
import { doubtText } from './link-figures';
import type { LinkDetail } from './link-figures';
import { LinkState, Pace } from './link-parts';
import { Binds, Errors, Throttles } from './link-tables';
import { LiveStamp, liveMs } from './live';
import fa from './fa.json';

/** One link in full: what is on its way, who holds its binds, and what the operator refused or slowed down. */
export function LinkScreen() {
  const { linkId = '' } = useParams();
  const { data, error, dataUpdatedAt, failureCount, refetch } = useQuery({
    queryKey: ['links', linkId],
    queryFn: () => ok(api.GET('/api/v1/links/{linkId}', { params: { path: { linkId } } })),
    refetchInterval: liveMs,
  });
  if (!data)
    return (
      <Page title={fa.link}>
        {error ? <Failure error={error} onRetry={() => void refetch()} /> : <Loading />}
      </Page>
    );
  return (
    <Page
      title={data.name}
      about={<LiveStamp at={dataUpdatedAt} failing={failureCount > 0} />}
      extra={
        <>
          <LinkState link={data} />
          {!data.active && <Tag color="error">{fa.inactive}</Tag>}
          <LinkDeeds link={data} />
        </>
      }
    >
      <Row gutter={[16, 16]}>
        <Col span={24}>
          <Figures link={data} />
        </Col>
        <Col xs={24} lg={12}>
          <Binds binds={data.binds} />
        </Col>
        <Col xs={24} lg={12}>
          <Settings link={data} />
        </Col>
        <Col span={24}>
          <Card title={<h2 className="card-title">{fa.testTitle}</h2>}>
            <LinkTest linkId={data.id} />
          </Card>
        </Col>
        <Col xs={24} lg={12}>
          <Throttles throttles={data.throttles} />
        </Col>
        <Col xs={24} lg={12}>
          <Errors errors={data.errors} />
        </Col>
      </Row>
    </Page>
  );
}

function Figures({ link }: { link: LinkDetail }) {
  const figures = [
    [fa.inFlight, number(link.inFlight)],
    [fa.givenOut, number(link.givenOut)],
    [fa.backlog, number(link.backlog)],
    [fa.inDoubt, number(link.inDoubt)],
  ] as const;
  return (
    <Card title={<h2 className="card-title">{fa.pace}</h2>}>
      <Pace link={link} />
      <Row gutter={[16, 16]} style={{ marginBlockStart: 16 }}>
        {figures.map(([title, value]) => (
          <Col key={title} xs={12} md={6}>
            <Statistic title={title} value={value} formatter={() => value} />
          </Col>
        ))}
      </Row>
      {link.inDoubt > 0 && <To to={`/sms/doubts?linkId=${link.id}`}>{fa.doubts}</To>}
    </Card>
  );
}

function Settings({ link }: { link: LinkDetail }) {
  const windows = link.window * link.binds.length;
  const facts = [
    [
      fa.address,
      <bdi key="a" className="ltr">
        {link.host}:{link.port}
      </bdi>,
    ],
    [
      fa.systemId,
      <bdi key="s" className="ltr">
        {link.systemId}
      </bdi>,
    ],
    [fa.state, link.active ? fa.active : fa.inactive],
    ...(link.tls ? [[fa.tls, fa.active] as const] : []),
    [
      fa.window,
      `${number(link.window)} (${fill(fa.windowOf, { inFlight: link.inFlight, window: windows })})`,
    ],
    [fa.throttled, fill(fa.times, { count: link.throttled })],
    [fa.receiptWait, duration(link.receiptWaitSeconds * 1_000)],
    [fa.doubtWait, doubtText(link)],
  ] as const;
  return (
    <Card title={<h2 className="card-title">{fa.link}</h2>} style={{ height: '100%' }}>
      <Flex vertical component="dl" className="card-facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </Flex>
    </Card>
  );
}
