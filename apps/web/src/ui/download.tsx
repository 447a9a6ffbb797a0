import { DownloadOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { useState } from 'react';
import type { ReactNode } from 'react';
import { ApiError, fetchApi } from '../api/client';
import { useSay } from './toasts';
import fa from '../i18n/fa.json';
import { fill } from './format';

/** A file of the API, which needs the access token that a plain link cannot send. `path` is below /api/v1. */
export function DownloadButton({
  path,
  name,
  children,
}: {
  path: string;
  name: string;
  children: ReactNode;
}) {
  const say = useSay();
  const [busy, setBusy] = useState(false);
  const download = async (): Promise<void> => {
    setBusy(true);
    try {
      const response = await fetchApi(path);
      const url = URL.createObjectURL(await response.blob());
      const link = document.createElement('a');
      link.href = url;
      link.download = name;
      link.click();
      // The browser has taken the file over by then.
      setTimeout(() => URL.revokeObjectURL(url), 60_000);
      say.success(fill(fa.downloaded, { name }));
    } catch (error) {
      say.error(error instanceof ApiError ? error.message : String(error));
    } finally {
      setBusy(false);
    }
  };
  return (
    <Button icon={<DownloadOutlined />} loading={busy} onClick={() => void download()}>
      {children}
    </Button>
  );
}
