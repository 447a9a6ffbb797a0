import { useQuery } from '@tanstack/react-query';
import { Button, Card, Col, Descriptions, Flex, Row, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { digits } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { AskSupport } from '../../ui/support';
import { BaleCard } from './bale-card';
import { EditProfile } from './edit-profile';
import { MobileWindow } from './mobile-window';
import { PasswordWindow } from './password-window';
import { roleTitles, usernameKinds } from './words';
import fa from './fa.json';

/** The own account (IDN-014, IDN-021, IDN-022). */
export function ProfileScreen() {
  const [open, setOpen] = useState<'edit' | 'password' | 'mobile'>();
  const { data, error, refetch } = useQuery({
    queryKey: ['me'],
    queryFn: () => ok(api.GET('/api/v1/me')),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data) return <Loading />;
  return (
    <Page
      title={fa.profile}
      extra={
        <>
          <Button type="primary" onClick={() => setOpen('password')}>
            {fa.changePassword}
          </Button>
          {data.editable && <Button onClick={() => setOpen('edit')}>{fa.edit}</Button>}
          {data.editable && data.mobile && (
            <Button onClick={() => setOpen('mobile')}>{fa.changeMobile}</Button>
          )}
        </>
      }
    >
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={15}>
          <Information profile={data} />
        </Col>
        <Col xs={24} lg={9} className="stack">
          <BaleCard />
          <Card size="small" styles={{ body: { padding: 16 } }}>
            <Typography.Title level={2} style={{ fontSize: 16, marginBlockStart: 0 }}>
              {fa.sessions}
            </Typography.Title>
            <Typography.Paragraph type="secondary">{fa.sessionsAbout}</Typography.Paragraph>
            <LinkButton to="/profile/sessions">{fa.seeSessions}</LinkButton>
          </Card>
        </Col>
      </Row>
      <PasswordWindow open={open === 'password'} profile={data} onClose={() => setOpen(undefined)} />
      {open === 'mobile' && data.mobile && (
        <MobileWindow mobile={data.mobile} onClose={() => setOpen(undefined)} />
      )}
      <EditProfile open={open === 'edit'} profile={data} onClose={() => setOpen(undefined)} />
    </Page>
  );
}

function Information({ profile }: { profile: Schemas['ProfileDto'] }) {
  const { name, usernames, grants, nationalCode, mobile, email, reseller, editable } = profile;
  const masked = (text: string | null) =>
    text ? (
      <bdi className="ltr">{digits(text)}</bdi>
    ) : (
      <Typography.Text type="secondary">{fa.none}</Typography.Text>
    );
  const items = [
    { key: 'name', label: fa.name, children: name },
    {
      key: 'usernames',
      label: fa.usernames,
      children: (
        <Flex vertical>
          {usernames.map(({ username, kind }) => (
            <span key={username}>
              <bdi className="ltr">{username}</bdi>{' '}
              <Typography.Text type="secondary">({usernameKinds[kind]})</Typography.Text>
            </span>
          ))}
        </Flex>
      ),
    },
    {
      key: 'roles',
      label: fa.roles,
      children: (
        <Flex vertical>
          {grants.map(({ role, scopes }) => (
            <span key={role}>
              {roleTitles[role]}{' '}
              {scopes.length > 0 && (
                <bdi className="ltr">
                  <Typography.Text type="secondary">{scopes.join(' ')}</Typography.Text>
                </bdi>
              )}
            </span>
          ))}
        </Flex>
      ),
    },
    { key: 'nationalCode', label: fa.nationalCode, children: masked(nationalCode) },
    { key: 'mobile', label: fa.mobile, children: masked(mobile) },
    {
      key: 'email',
      label: fa.email,
      children: email ? <bdi className="ltr">{email}</bdi> : masked(null),
    },
    ...(reseller ? [{ key: 'reseller', label: fa.reseller, children: reseller.name }] : []),
  ];
  return (
    <Card size="small" styles={{ body: { padding: 16 } }}>
      <Descriptions column={1} items={items} styles={{ label: { width: 140 } }} />
      <Typography.Paragraph type="secondary" style={{ marginBlock: '12px 0' }}>
        {editable ? <AskSupport there={fa.mobileByTicket} nowhere={fa.mobileByAdmin} /> : fa.allByTicket}
      </Typography.Paragraph>
    </Card>
  );
}
