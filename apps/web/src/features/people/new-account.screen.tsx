import { Button, Card, Form, Typography } from 'antd';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from 'react-router';
import { api, ok } from '../../api/client';
import { useSay } from '../../ui/toasts';
import { useAccount } from '../../api/use-session';
import { fill } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { required, useServerForm } from '../../ui/use-form';
import { GrantFields, grantsOf, UsernameFields } from './account-fields';
import type { Grant, Username } from './account-fields';
import { isCustomerRole, powersOf } from '../../parts/people/names';
import { NameField, ResellerField } from './person-fields';
import fa from './fa.json';

interface Values {
  readonly name: string;
  readonly usernames: readonly Username[];
  readonly grants: readonly Partial<Grant>[];
  readonly nationalCode?: string;
  readonly mobile?: string;
  readonly email?: string;
  readonly resellerId?: string;
}

/** A new account; its first password is the national code (IDN-011, IDN-202). */
export function NewAccountScreen() {
  const powers = powersOf(useAccount().roles);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const say = useSay();
  const { form, props, refusal, mutation } = useServerForm({
    submit: ({ nationalCode, mobile, email, ...values }: Values) =>
      ok(
        api.POST('/api/v1/accounts', {
          body: {
            ...values,
            usernames: [...values.usernames],
            grants: grantsOf(values.grants),
            // An empty field says nothing.
            ...(nationalCode ? { nationalCode } : {}),
            ...(mobile ? { mobile } : {}),
            ...(email ? { email } : {}),
          },
        }),
      ),
    done: async ({ id, name }) => {
      say.success(fill(fa.created, { name }));
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      await navigate(`/people/${id}`, { replace: true, state: { made: true } });
    },
  });
  const grants = Form.useWatch('grants', form) ?? [];
  // Customers get in by themselves: by the national code as the first password, and by codes.
  const isCustomer = grants.some((grant) => grant?.role && isCustomerRole(grant.role));
  return (
    <Page title={fa.newAccount}>
      <Form<Values> {...props} style={{ maxWidth: 640 }}>
        <FormError error={refusal} />
        <NameField />
        <Typography.Title level={2} style={{ fontSize: 16 }}>
          {fa.usernames}
        </Typography.Title>
        <Card size="small" style={{ marginBlockEnd: 24 }}>
          <UsernameFields />
        </Card>
        {powers.isAdmin && (
          <Typography.Title level={2} style={{ fontSize: 16 }}>
            {fa.roles}
          </Typography.Title>
        )}
        <div style={{ marginBlockEnd: 24 }}>
          <GrantFields roles={powers.gives} />
        </div>
        <Form.Item
          name="nationalCode"
          label={fa.nationalCode}
          extra={fa.nationalCodeHelp}
          rules={isCustomer ? [required(fa.nationalCode)] : []}
        >
          <LtrInput inputMode="numeric" maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item
          name="mobile"
          label={fa.mobile}
          extra={isCustomer ? fa.mobileHelp : undefined}
          rules={isCustomer ? [required(fa.mobile)] : []}
        >
          <LtrInput inputMode="tel" maxLength={40} autoComplete="off" />
        </Form.Item>
        <Form.Item name="email" label={fa.email}>
          <LtrInput inputMode="email" maxLength={254} autoComplete="off" />
        </Form.Item>
        {powers.isAdmin && <ResellerField />}
        <Button type="primary" htmlType="submit" loading={mutation.isPending}>
          {fa.create}
        </Button>
      </Form>
    </Page>
  );
}
