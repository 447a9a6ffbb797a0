import { useQuery } from '@tanstack/react-query';
import { Alert, Card, Col, Row } from 'antd';
import { useParams } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { customers } from '../../parts/screens/screen';
import { useAccount } from '../../api/use-session';
import { fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { Page } from '../../ui/page';
import { Failure, isLost, Loading } from '../../ui/states';
import { AccountAccess } from './account-access';
import { AccountHistory } from './account-history';
import { AccountInformation } from './account-information';
import { AccountRoles } from './account-roles';
import { AccountUsernames } from './account-usernames';
import { ContactChanges } from './contact-changes';
import { powersOf } from '../../parts/people/names';
import { NextSteps } from './next-steps';
import { AccountState } from './account-tags';
import fa from './fa.json';
import words from '../../i18n/fa.json';

function missingOf({ mobile, nationalCode, password }: Schemas['AccountDetailsDto']): string[] {
  return [...(mobile ? [] : [fa.mobile]), ...(nationalCode || password === 'own' ? [] : [fa.nationalCode])];
}

/** One person: data with corrections, roles, usernames, access and what was done (IDN-202, IDN-204, IDN-210, IDN-211). */
export function AccountScreen() {
  const { accountId = '' } = useParams();
  const me = useAccount();
  const powers = powersOf(me.roles);
  const { data, error, refetch } = useQuery({
    queryKey: ['accounts', accountId],
    queryFn: () => ok(api.GET('/api/v1/accounts/{accountId}', { params: { path: { accountId } } })),
  });
  if (isLost(error, data)) return <Failure error={error} onRetry={() => void refetch()} />;
  if (!data)
    return (
      <Page title={fa.person}>
        <Loading />
      </Page>
    );
  const isOwn = data.id === me.id;
  return (
    <Page
      title={data.name}
      about={<AccountState disabled={data.disabled} />}
      extra={
        powers.isAdmin &&
        data.grants.some(({ role }) => customers.includes(role)) && (
          <LinkButton to={`/sms/sends?customerId=${data.id}`}>{fa.theirSends}</LinkButton>
        )
      }
    >
      {isOwn && <Alert type="info" showIcon title={fa.ownAccount} style={{ marginBlockEnd: 16 }} />}
      {data.incomplete && (
        <Alert
          type="warning"
          showIcon
          title={fa.incompleteTitle}
          description={fill(fa.incompleteWhat, { missing: missingOf(data).join(words.comma) })}
          style={{ marginBlockEnd: 16 }}
        />
      )}
      <NextSteps account={data} powers={powers} />
      <ContactChanges accountId={data.id} approves={(powers.isAdmin || !powers.manages) && !isOwn} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={12}>
          <AccountInformation account={data} powers={powers} />
        </Col>
        <Col xs={24} lg={12}>
          <AccountAccess account={data} powers={powers} isOwn={isOwn} />
        </Col>
        <Col xs={24} lg={12}>
          <AccountRoles account={data} powers={powers} />
        </Col>
        <Col xs={24} lg={12}>
          <AccountUsernames account={data} powers={powers} />
        </Col>
        {powers.isAdmin && (
          <Col span={24}>
            <Card title={<h2 className="card-title">{fa.history}</h2>}>
              <AccountHistory accountId={data.id} />
            </Card>
          </Col>
        )}
      </Row>
    </Page>
  );
}
