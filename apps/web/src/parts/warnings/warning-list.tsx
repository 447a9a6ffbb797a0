import { useMutation, useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex } from 'antd';
import { Link } from 'react-router';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { deviceOf } from '../../ui/device';
import { dateTime, fill } from '../../ui/format';
import fa from './fa.json';

type Warning = Schemas['SecurityWarningDto'];

const texts: Readonly<Record<Warning['code'], string>> = {
  default_password: fa.warningDefaultPassword,
  new_device: fa.warningNewDevice,
  failed_tries: fa.warningFailedTries,
  mobile_changed: fa.warningMobileChanged,
  email_changed: fa.warningEmailChanged,
  change_stopped: fa.warningChangeStopped,
  refresh_reused: fa.warningRefreshReused,
};

/** Security warnings (WEB-012, IDN-207, IDN-211). */
export function WarningList({ warnings }: { warnings: readonly Warning[] }) {
  const queries = useQueryClient();
  const seen = useMutation({
    mutationFn: () => ok(api.POST('/api/v1/me/warnings/seen')),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['warnings'] }),
  });
  return (
    <Flex vertical gap="small">
      {warnings.map(({ code, at, times, device, address }) => (
        <Alert
          key={code}
          type="warning"
          showIcon
          title={texts[code]}
          description={
            <>
              {dateTime(at)}
              {times > 1 && fill(fa.times, { times })}
              {address && (
                <>
                  {fa.address} <bdi>{address}</bdi>
                </>
              )}
              {device && (
                <div>
                  <bdi title={device}>{deviceOf(device)}</bdi>
                </div>
              )}
            </>
          }
        />
      ))}
      <Flex gap="small" align="center" wrap>
        <Button onClick={() => seen.mutate()} loading={seen.isPending}>
          {fa.seen}
        </Button>
        <Link to="/profile/sessions">{fa.mySessions}</Link>
      </Flex>
    </Flex>
  );
}
