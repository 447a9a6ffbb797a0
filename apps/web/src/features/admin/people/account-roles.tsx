import { EditOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Card, Form, Modal, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { useSay } from '../../../app/toasts';
import { FormError } from '../../../ui/form-error';
import { useServerForm } from '../../../ui/use-form';
import { GrantFields, grantsOf } from './account-fields';
import type { Grant } from './account-fields';
import type { Powers } from './names';
import { Grants } from './parts';
import fa from './fa.json';

interface Props {
  readonly account: Schemas['AccountDetailsDto'];
  readonly powers: Powers;
}

/** Roles with their scopes (IDN-201). A reseller's users have one role, so that there is nothing to choose. */
export function AccountRoles({ account, powers }: Props) {
  const [open, setOpen] = useState(false);
  return (
    <Card
      title={<h2 className="card-title">{fa.roles}</h2>}
      style={{ height: '100%' }}
      extra={
        powers.isAdmin && (
          <Button icon={<EditOutlined />} onClick={() => setOpen(true)}>
            {fa.setRoles}
          </Button>
        )
      }
    >
      <Grants grants={account.grants} />
      {open && <RolesModal account={account} powers={powers} onClose={() => setOpen(false)} />}
    </Card>
  );
}

function RolesModal({ account, powers, onClose }: Props & { onClose: () => void }) {
  const queries = useQueryClient();
  const say = useSay();
  const { props, refusal, mutation } = useServerForm({
    submit: ({ grants }: { grants: readonly Partial<Grant>[] }) =>
      ok(
        api.PUT('/api/v1/accounts/{accountId}/roles', {
          params: { path: { accountId: account.id } },
          body: { grants: grantsOf(grants) },
        }),
      ),
    done: async () => {
      say.success(fa.saved);
      onClose();
      await queries.invalidateQueries({ queryKey: ['accounts'] });
      await queries.invalidateQueries({ queryKey: ['audit'] });
    },
  });
  return (
    <Modal
      open
      title={fa.setRoles}
      okText={fa.save}
      confirmLoading={mutation.isPending}
      onOk={props.form.submit}
      onCancel={onClose}
    >
      <Typography.Paragraph type="secondary">{fa.setRolesAbout}</Typography.Paragraph>
      <FormError error={refusal} />
      <Form {...props} initialValues={{ grants: account.grants }}>
        <GrantFields roles={powers.gives} />
      </Form>
    </Modal>
  );
}
