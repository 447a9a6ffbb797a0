import { useQuery } from '@tanstack/react-query';
import { Alert, Flex } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { dateTime, fill } from '../../ui/format';
import fa from './fa.json';

type Warning = Schemas['PlatformWarningDto'];

const everyMs = 60_000;

/** What is wrong, and what to do about it. */
const words: Readonly<Record<Warning['code'], { readonly title: string; readonly about: string }>> = {
  proxyNotTrusted: { title: fa.proxyNotTrusted, about: fa.proxyNotTrustedAbout },
};

/** How the platform is set up wrongly, for administrators. It cannot be put away: it goes when that is mended. */
export function PlatformWarnings() {
  const warnings =
    useQuery({
      queryKey: ['platform-warnings'],
      queryFn: async () => (await ok(api.GET('/api/v1/platform-warnings'))).warnings,
      refetchInterval: everyMs,
    }).data ?? [];
  if (warnings.length === 0) return null;
  return (
    <Flex
      vertical
      gap="small"
      component="section"
      aria-label={fa.platformWarnings}
      style={{ marginBlockEnd: 16 }}
    >
      {warnings.map(({ code, address, requests, lastAt }) => (
        <Alert
          key={code}
          type="error"
          showIcon
          title={words[code].title}
          description={
            <>
              <p style={{ margin: 0 }}>
                {fill(fa.warningSeen, { requests, at: dateTime(lastAt) })} <bdi dir="ltr">{address}</bdi>
              </p>
              <p style={{ marginBlock: '4px 0' }}>{words[code].about}</p>
            </>
          }
        />
      ))}
    </Flex>
  );
}
