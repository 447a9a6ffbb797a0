import { GiftOutlined } from '@ant-design/icons';
import { useQuery } from '@tanstack/react-query';
import { Alert } from 'antd';
import { api, ok } from '../../api/client';
import { digits, fill, longDate } from '../../ui/format';
import fa from './fa.json';

export function usePlans() {
  return useQuery({ queryKey: ['plans'], queryFn: () => ok(api.GET('/api/v1/plans')) });
}

/** Discounts of now, such as «۳۰٪ تخفیف ... ویژه روز پدر» (BIL-020). */
export function Banners() {
  const { data } = usePlans();
  return data?.banners?.map(({ text, until }) => (
    <Alert
      key={text + until}
      type="success"
      icon={<GiftOutlined />}
      showIcon
      title={digits(text)}
      description={fill(fa.bannerUntil, { date: longDate(until) })}
    />
  ));
}
