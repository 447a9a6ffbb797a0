import { useQuery } from '@tanstack/react-query';
import { Alert, Flex } from 'antd';
import { api, ok } from '../../api/client';
import { useWarnings } from '../../parts/warnings/use-warnings';
import { dateTime, fill, toman } from '../../ui/format';
import { LinkButton } from '../../ui/link-button';
import { WarningList } from '../../parts/warnings/warning-list';
import { useWallet } from '../../parts/wallet/balance';
import { useLinks } from './admin-figures';
import { noticesOf } from './notices-of';
import type { Notice } from './notices-of';
import { useNewestSends } from './running-sends';
import errors from '../../i18n/errors.fa.json';
import fa from './fa.json';

const everyMs = 60_000;

interface Props {
  readonly admin: boolean;
  readonly customer: boolean;
  readonly reseller: boolean;
}

/** Security warnings, and what of sends, credit and requests wants a person (WEB-012). */
export function Notices({ admin, customer, reseller }: Props) {
  const warnings = useWarnings();
  const wallet = useWallet(undefined, customer).data;
  const sends = useNewestSends(customer).data;
  const links = useLinks(admin).data;
  const requests = useQuery({
    queryKey: ['topup-requests', 'open'],
    queryFn: () =>
      ok(api.GET('/api/v1/reseller/topup-requests', { params: { query: { state: 'open', limit: 1 } } })),
    enabled: reseller,
    refetchInterval: everyMs,
  }).data?.requests;
  const corrections = useQuery({
    queryKey: ['corrections', 'awaiting', 'home'],
    queryFn: () => ok(api.GET('/api/v1/corrections', { params: { query: { state: 'awaiting', limit: 1 } } })),
    enabled: admin,
    refetchInterval: everyMs,
  }).data?.corrections;
  const notices = noticesOf({ wallet, sends, links, requests, corrections, now: new Date() });
  if (warnings.length === 0 && notices.length === 0) return null;
  return (
    <Flex vertical gap="small" component="section" aria-label={fa.notices} style={{ marginBlockEnd: 16 }}>
      {warnings.length > 0 && <WarningList warnings={warnings} />}
      {notices.map((notice) => (
        <Said key={notice.kind + notice.to} notice={notice} />
      ))}
    </Flex>
  );
}

function Said({ notice }: { notice: Notice }) {
  const { type, title, description } = words(notice);
  return (
    <Alert
      type={type}
      showIcon
      title={title}
      description={description}
      action={
        <LinkButton to={notice.to} size="middle">
          {fa.look}
        </LinkButton>
      }
    />
  );
}

function words(notice: Notice): {
  type: 'info' | 'warning' | 'error';
  title: string;
  description?: string | undefined;
} {
  switch (notice.kind) {
    case 'noCredit':
      return { type: 'error', title: fa.noCredit };
    case 'lowCredit':
      return { type: 'warning', title: fill(fa.lowCredit, { amount: toman(notice.rials) }) };
    case 'refused':
      return {
        type: 'error',
        title: fill(fa.refused, { title: notice.title }),
        description: (errors as Readonly<Record<string, string>>)[notice.code],
      };
    case 'waits':
      return {
        type: 'info',
        title: fill(fa.waits, { title: notice.title, time: dateTime(notice.until) }),
      };
    case 'paused':
      return { type: 'info', title: fill(fa.paused, { title: notice.title }) };
    case 'requests':
      return { type: 'info', title: fa.requests };
    case 'corrections':
      return { type: 'warning', title: fa.corrections };
    case 'linkDown':
      return { type: 'error', title: fill(fa.linkDown, { name: notice.name }) };
  }
}
