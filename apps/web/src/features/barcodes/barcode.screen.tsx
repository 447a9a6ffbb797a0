import { CameraOutlined } from '@ant-design/icons';
import { Button, Card, Flex, Form, Typography } from 'antd';
import { useCallback, useState } from 'react';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { FormError } from '../../ui/form-error';
import { LtrInput } from '../../ui/inputs';
import { Page } from '../../ui/page';
import { required, useServerForm } from '../../ui/use-form';
import { CameraReader, hasReader } from './camera-reader';
import { roleNames } from '../../parts/people/names';
import fa from './fa.json';
import words from '../../i18n/fa.json';

type Owner = Schemas['BarcodeOwnerDto'];
const keptMax = 20;

/** Says whose barcode it is: a reader types the text and Enter, where the browser can the camera reads it too (IDN-214). */
export function BarcodeScreen() {
  const [owners, setOwners] = useState<readonly Owner[]>([]);
  const [camera, setCamera] = useState(false);
  const { form, props, refusal, mutation } = useServerForm({
    submit: (body: Schemas['BarcodeTextDto']) => ok(api.POST('/api/v1/barcodes/read', { body })),
    done: (owner) => {
      setOwners((before) => [owner, ...before].slice(0, keptMax));
      form.resetFields();
    },
  });
  const { mutate } = mutation;
  const seen = useCallback(
    (text: string) => {
      setCamera(false);
      mutate({ text });
    },
    [mutate],
  );
  const [last, ...before] = owners;
  return (
    <Page title={fa.barcode} about={fa.barcodeAbout}>
      <Flex vertical gap="middle" style={{ maxWidth: 560 }}>
        {/* Stays enabled while it asks: the next reading may come at once. */}
        <Form {...props}>
          <FormError error={refusal} />
          <Form.Item name="text" label={fa.barcodeText} rules={[required(fa.barcodeText)]}>
            <LtrInput autoFocus maxLength={200} autoComplete="off" size="large" />
          </Form.Item>
          <Flex gap="small" wrap>
            <Button type="primary" htmlType="submit" loading={mutation.isPending}>
              {fa.read}
            </Button>
            {hasReader() && (
              <Button icon={<CameraOutlined />} onClick={() => setCamera(!camera)}>
                {camera ? fa.stopCamera : fa.camera}
              </Button>
            )}
          </Flex>
        </Form>
        {camera && <CameraReader onRead={seen} />}
        <div aria-live="polite">{last && <OwnerCard owner={last} title={fa.readNow} />}</div>
        {before.length > 0 && (
          <>
            <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
              {fa.readBefore}
            </Typography.Title>
            {before.map((owner, index) => (
              <OwnerCard key={`${owner.accountId} ${owners.length - index}`} owner={owner} />
            ))}
          </>
        )}
      </Flex>
    </Page>
  );
}

function OwnerCard({ owner: { accountId, name, username, roles }, title }: { owner: Owner; title?: string }) {
  const mayOpen = useAccount().roles.some((role) => role === 'admin' || role === 'support_agent');
  return (
    <Card size="small" title={title && <h2 className="card-title">{title}</h2>}>
      <Typography.Text strong style={{ fontSize: 18 }}>
        {name}
      </Typography.Text>
      <Flex gap="middle" wrap>
        <bdi className="ltr">{username}</bdi>
        <span>{roles.map((role) => roleNames[role]).join(words.comma)}</span>
        {mayOpen && <Link to={`/people/${accountId}`}>{fa.openAccount}</Link>}
      </Flex>
    </Card>
  );
}
