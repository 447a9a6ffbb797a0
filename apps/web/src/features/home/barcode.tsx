import { QrcodeOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Modal, Skeleton, Typography } from 'antd';
import { useState } from 'react';
import { api, ok } from '../../api/client';
import { useAccount } from '../../api/use-session';
import { dateTime, fill } from '../../ui/format';
import { Failure, isLost } from '../../ui/states';
import { SectionCard } from './section-card';
import fa from './fa.json';
import './home.css';

const day = 86_400_000;

/** The own barcode of today, small and large enough for a scanner (IDN-018, WEB-012). */
export function Barcode() {
  const { name } = useAccount();
  const [large, setLarge] = useState(false);
  const { data, error, refetch } = useQuery({
    queryKey: ['barcode'],
    queryFn: () => ok(api.GET('/api/v1/me/barcode')),
    staleTime: ({ state }) => (state.data ? new Date(state.data.expiresAt).getTime() - Date.now() : day),
    refetchInterval: ({ state }) =>
      state.data ? Math.max(1_000, new Date(state.data.expiresAt).getTime() - Date.now()) : false,
  });
  const picture = data && `data:image/svg+xml,${encodeURIComponent(data.svg)}`;
  return (
    <SectionCard title={fa.barcode}>
      {isLost(error, data) ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : picture ? (
        <Flex align="center" gap="middle" wrap>
          <img src={picture} alt={fa.barcodeAlt} width={104} height={104} className="barcode" />
          <Flex vertical gap="small" flex={1} align="flex-start">
            <Typography.Text type="secondary">{fa.barcodeAbout}</Typography.Text>
            <Button icon={<QrcodeOutlined />} onClick={() => setLarge(true)}>
              {fa.barcodeLarge}
            </Button>
          </Flex>
        </Flex>
      ) : (
        <Skeleton.Node active style={{ width: 104, height: 104 }} />
      )}
      <Modal
        open={large}
        title={fill(fa.barcodeOf, { name })}
        footer={null}
        onCancel={() => setLarge(false)}
        width={480}
        centered
      >
        {data && (
          <Flex vertical align="center" gap="small">
            <img src={picture} alt={fa.barcodeAlt} className="barcode" style={{ width: '100%' }} />
            <Typography.Text type="secondary">
              {fill(fa.barcodeUntil, { time: dateTime(data.expiresAt) })}
            </Typography.Text>
          </Flex>
        )}
      </Modal>
    </SectionCard>
  );
}
