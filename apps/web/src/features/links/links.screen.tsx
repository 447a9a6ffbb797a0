import { useQuery } from '@tanstack/react-query';
import { PlusOutlined } from '@ant-design/icons';
import { Button, Card, Col, Empty, Flex, Row } from 'antd';
import { useState } from 'react';
import { Link as To } from 'react-router';
import { api, ok } from '../../api/client';
import { fill, number } from '../../ui/format';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { BindTag, LinkState, Pace } from './link-parts';
import type { Link } from './link-figures';
import { LinkModal } from './link-modal';
import { LiveStamp, liveMs } from './live';
import fa from './fa.json';

/** Every operator link as it is now: pace against the contract, binds with their workers, backlog, doubts. */
export function LinksScreen() {
  const [isMaking, setMaking] = useState(false);
  const { data, error, dataUpdatedAt, failureCount, refetch } = useQuery({
    // The home page keeps another form of this answer under the bare noun.
    queryKey: ['links', 'list'],
    queryFn: () => ok(api.GET('/api/v1/links')),
    refetchInterval: liveMs,
  });
  return (
    <Page
      title={fa.links}
      about={data ? <LiveStamp at={dataUpdatedAt} failing={failureCount > 0} /> : fa.linksAbout}
      extra={
        <Button type="primary" icon={<PlusOutlined />} onClick={() => setMaking(true)}>
          {fa.newLink}
        </Button>
      }
    >
      {isMaking && <LinkModal onClose={() => setMaking(false)} />}
      {data ? (
        data.links.length === 0 ? (
          <Empty description={fa.noLinks} />
        ) : (
          <Row gutter={[16, 16]}>
            {data.links.map((link) => (
              <Col key={link.id} xs={24} xl={12}>
                <LinkCard link={link} />
              </Col>
            ))}
          </Row>
        )
      ) : isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : (
        <Loading />
      )}
    </Page>
  );
}

function LinkCard({ link }: { link: Link }) {
  const facts = [
    [fa.backlog, number(link.backlog)],
    [
      fa.inDoubt,
      link.inDoubt > 0 ? <To to={`/sms/doubts?linkId=${link.id}`}>{number(link.inDoubt)}</To> : number(0),
    ],
    [fa.throttled, fill(fa.times, { count: link.throttled })],
    [fa.window, number(link.window)],
  ] as const;
  return (
    <Card
      title={
        <h2 className="card-title">
          <To to={`/sms/links/${link.id}`}>{link.name}</To>
        </h2>
      }
      extra={<LinkState link={link} />}
    >
      <Flex vertical gap="middle">
        <Pace link={link} />
        <dl className="card-facts">
          {facts.map(([title, value]) => (
            <div key={title}>
              <dt>{title}</dt>
              <dd className="numbers">{value}</dd>
            </div>
          ))}
        </dl>
        <Flex gap={4} wrap>
          {link.binds.map(({ no, state }) => (
            <BindTag key={no} state={state} text={fill(fa.bind, { no })} />
          ))}
        </Flex>
      </Flex>
    </Card>
  );
}
