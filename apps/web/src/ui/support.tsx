import { useQuery } from '@tanstack/react-query';
import { Flex, Typography } from 'antd';
import { api, ok } from '../api/client';
import type { Schemas } from '../api/client';
import { digits, fill } from './format';
import fa from '../i18n/fa.json';

/** Where people find help, by the platform's settings; undefined while it is not known, or where nothing is set. */
export function useSupport(): Schemas['SiteContactDto'] | undefined {
  const { data } = useQuery({
    queryKey: ['contact'],
    queryFn: () => ok(api.GET('/api/v1/contact')),
    staleTime: 600_000,
    retry: false,
  });
  return data && Object.keys(data).length > 0 ? data : undefined;
}

/** Nothing where nothing is set: no text may send people nowhere. */
export function SupportContact() {
  const contact = useSupport();
  if (!contact) return null;
  const { phone, email, address, hours } = contact;
  return (
    <Flex gap={16} wrap justify="center" component="address" style={{ fontStyle: 'normal' }}>
      <strong>{fa.support}</strong>
      {phone && (
        <a href={`tel:${phone.replaceAll(/[^+\d]/g, '')}`}>
          <bdi className="ltr numbers">{digits(phone)}</bdi>
        </a>
      )}
      {email && (
        <a href={`mailto:${email}`}>
          <bdi className="ltr">{email}</bdi>
        </a>
      )}
      {hours && <span>{hours}</span>}
      {address && <span>{address}</span>}
    </Flex>
  );
}

/** `there`: what to do with the support; `nowhere`: what is so without one. */
export function AskSupport({ there, nowhere }: { readonly there: string; readonly nowhere: string }) {
  const contact = useSupport();
  if (!contact) return <>{nowhere}</>;
  const { phone, email } = contact;
  const ways = [phone && digits(phone), email].filter(Boolean).map((way) => `\u2066${way}\u2069`);
  return (
    <Typography.Text type="secondary">
      {there} {ways.length > 0 && fill(fa.supportAt, { ways: ways.join(fa.comma) })}
    </Typography.Text>
  );
}
