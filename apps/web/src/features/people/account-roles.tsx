import { EditOutlined } from '@ant-design/icons';
import { Button, Card, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { FormModal } from '../../ui/form-modal';
import { GrantFields, grantsOf } from './account-fields';
import type { Grant } from './account-fields';
import type { Powers } from '../../parts/people/names';
import { Grants } from './account-tags';
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
  return (
    <FormModal<{ grants: readonly Partial<Grant>[] }>
      title={fa.setRoles}
      action={fa.save}
      initialValues={{ grants: account.grants }}
      submit={({ grants }) =>
        ok(
          api.PUT('/api/v1/accounts/{accountId}/roles', {
            params: { path: { accountId: account.id } },
            body: { grants: grantsOf(grants) },
          }),
        )
      }
      said={fa.saved}
      refresh={[['accounts'], ['audit']]}
      onClose={onClose}
    >
      <Typography.Paragraph type="secondary">{fa.setRolesAbout}</Typography.Paragraph>
      <GrantFields roles={powers.gives} />
    </FormModal>
  );
}
