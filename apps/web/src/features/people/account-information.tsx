import { EditOutlined } from '@ant-design/icons';
import { Button, Card, Checkbox, Form, Input } from 'antd';
import { useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill } from '../../ui/format';
import { FormModal } from '../../ui/form-modal';
import { LtrInput } from '../../ui/inputs';
import { required } from '../../ui/use-form';
import { correctionOf } from './correction';
import type { CorrectionValues } from './correction';
import { isCustomerRole } from '../../parts/people/names';
import type { Powers } from '../../parts/people/names';
import { Masked } from './account-tags';
import { NameField, ResellerField } from './person-fields';
import fa from './fa.json';

type Account = Schemas['AccountDetailsDto'];

/** What is known of the person, and its correction with the reason (IDN-204). */
export function AccountInformation({ account, powers }: { account: Account; powers: Powers }) {
  const [open, setOpen] = useState(false);
  const { nationalCode, mobile, email, reseller, createdAt, updatedAt, mobileChangedAt, grants } = account;
  const facts = [
    [fa.name, account.name],
    [fa.nationalCode, <Masked key="n" value={nationalCode} />],
    [fa.mobile, <Masked key="m" value={mobile} />],
    [fa.mobileChangedAt, mobileChangedAt ? dateTime(mobileChangedAt) : fa.never],
    [fa.email, <Masked key="e" value={email} />],
    [fa.reseller, reseller ? <Link to={`/people/${reseller.id}`}>{reseller.name}</Link> : fa.none],
    [fa.createdAt, dateTime(createdAt)],
    [fa.updatedAt, dateTime(updatedAt)],
  ] as const;
  return (
    <Card
      title={<h2 className="card-title">{fa.information}</h2>}
      extra={
        <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
          {fa.correct}
        </Button>
      }
      style={{ height: '100%' }}
    >
      <dl className="card-facts">
        {facts.map(([title, value]) => (
          <div key={title}>
            <dt>{title}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      {powers.isAdmin && grants.some(({ role }) => role === 'reseller') && (
        <Link to={`/people?resellerId=${account.id}`}>{fa.itsUsers}</Link>
      )}
      {open && <Correction account={account} powers={powers} onClose={() => setOpen(false)} />}
    </Card>
  );
}

interface CorrectionProps {
  readonly account: Account;
  readonly powers: Powers;
  readonly onClose: () => void;
}

function Correction({ account, powers, onClose }: CorrectionProps) {
  const { name, email, reseller, grants } = account;
  // The entry of a customer needs them: corrected, not removed.
  const kept = grants.some(({ role }) => isCustomerRole(role));
  return (
    <FormModal<CorrectionValues>
      title={fa.correct}
      action={fa.save}
      initialValues={{ name, email: email ?? '', resellerId: reseller?.id }}
      submit={(values) =>
        ok(
          api.PUT('/api/v1/accounts/{accountId}', {
            params: { path: { accountId: account.id } },
            body: correctionOf(account, values, powers.isAdmin),
          }),
        )
      }
      said={fa.saved}
      refresh={[['accounts'], ['audit']]}
      onClose={onClose}
    >
      <NameField />
      <MaskedField name="nationalCode" title={fa.nationalCode} current={account.nationalCode} kept={kept} />
      <MaskedField name="mobile" title={fa.mobile} current={account.mobile} kept={kept} />
      <Form.Item name="email" label={fa.email}>
        <LtrInput inputMode="email" maxLength={254} autoComplete="off" />
      </Form.Item>
      {powers.isAdmin && <ResellerField />}
      <Form.Item
        name="reason"
        label={fa.reason}
        extra={fa.reasonHelp}
        rules={powers.mustSayWhy ? [{ ...required(fa.reason), whitespace: true }] : []}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2, maxRows: 5 }} />
      </Form.Item>
    </FormModal>
  );
}

/** The value is not known here, only its mask: an empty field keeps it, a tick removes it. */
function MaskedField({
  name,
  title,
  current,
  kept,
}: {
  name: 'nationalCode' | 'mobile';
  title: string;
  current: string | null;
  kept: boolean;
}) {
  const clear = `${name}Cleared`;
  const cleared = Form.useWatch<boolean | undefined>(clear);
  return (
    <>
      <Form.Item
        name={name}
        label={title}
        extra={current ? fill(fa.keepValue, { value: `\u2066${current}\u2069` }) : undefined}
        style={{ marginBlockEnd: current && !kept ? 0 : undefined }}
      >
        <LtrInput inputMode="numeric" maxLength={40} autoComplete="off" disabled={cleared} />
      </Form.Item>
      {current && !kept && (
        <Form.Item name={clear} valuePropName="checked">
          <Checkbox>{fa.clearValue}</Checkbox>
        </Form.Item>
      )}
    </>
  );
}
