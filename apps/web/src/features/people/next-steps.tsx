import { Card, Flex, Typography } from 'antd';
import { useLocation } from 'react-router';
import type { Schemas } from '../../api/client';
import { fill } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { isCustomerRole } from '../../parts/people/names';
import type { Powers } from '../../parts/people/names';
import fa from './fa.json';

interface Props {
  readonly account: Schemas['AccountDetailsDto'];
  readonly powers: Powers;
}

/** What a customer needs before a first send: shown once it was made, and until it has come in. */
export function NextSteps({ account, powers }: Props) {
  const isNew = (useLocation().state as { readonly made?: boolean } | null)?.made ?? false;
  const { id, grants, usernames, nationalCode, password, disabled } = account;
  const isCustomer = grants.some(({ role }) => isCustomerRole(role));
  if (!powers.manages || !isCustomer || disabled || (password === 'own' && !isNew)) return null;
  const steps = powers.isAdmin
    ? [
        { title: fa.stepLine, to: `/sms/lines?customerId=${id}` },
        { title: fa.stepCredit, to: `/money/wallets/${id}` },
        { title: fa.stepLevel, to: `/money/wallets/${id}?tab=level` },
      ]
    : [
        { title: fa.stepGive, to: `/reseller/users?customerId=${id}` },
        { title: fa.stepTariff, to: '/reseller/tariffs' },
      ];
  const [first] = usernames;
  const entry = fill(nationalCode ? fa.entryByPassword : fa.entryByCode, {
    url: `${window.location.origin}/sign-in`,
    username: first?.username ?? '',
  });
  return (
    <Card title={<h2 className="card-title">{fa.nextSteps}</h2>} style={{ marginBlockEnd: 16 }}>
      <Flex vertical gap="middle">
        <Flex gap="small" wrap>
          {steps.map(({ title, to }) => (
            <LinkButton key={to} to={to}>
              {title}
            </LinkButton>
          ))}
        </Flex>
        {first && password !== 'own' && (
          <div>
            <Typography.Text>{fa.entryAbout}</Typography.Text>
            <Typography.Paragraph
              copyable={{ text: entry, tooltips: [fa.copy, fa.copied] }}
              style={{ whiteSpace: 'pre-line', margin: 0, marginBlockStart: 8 }}
            >
              {entry}
            </Typography.Paragraph>
          </div>
        )}
      </Flex>
    </Card>
  );
}
