import { InboxOutlined } from '@ant-design/icons';
import { Alert, Button, Flex, Progress, Upload } from 'antd';
import { useEffect, useRef, useState } from 'react';
import { ApiError } from '../../../api/client';
import type { Schemas } from '../../../api/client';
import { uploadFile } from '../../../api/upload';
import { bytes } from '../../../ui/format';
import uiFa from '../../../i18n/fa.json';
import fa from '../fa.json';

type List = Schemas['RecipientListDto'];

/** Takes a file by drop or choice and says how far it is. */
export function FileUpload({ onDone }: { onDone: (list: List) => void }) {
  const [file, setFile] = useState<File>();
  const [part, setPart] = useState(0);
  const [error, setError] = useState<string>();
  const running = useRef<AbortController>(undefined);
  useEffect(() => () => running.current?.abort(), []);

  const upload = async (chosen: File): Promise<void> => {
    const abort = new AbortController();
    running.current = abort;
    setFile(chosen);
    setPart(0);
    setError(undefined);
    try {
      const list = await uploadFile<List>('/recipient-lists/file', chosen, {
        onProgress: setPart,
        signal: abort.signal,
      });
      onDone(list);
    } catch (failure) {
      const aborted = failure instanceof ApiError && failure.code === 'upload.aborted';
      if (!aborted) setError(failure instanceof Error ? failure.message : String(failure));
    } finally {
      setFile(undefined);
    }
  };
  if (file)
    return (
      <Flex vertical gap="small">
        <span>
          {fa.uploading} <bdi>{file.name}</bdi> ({bytes(file.size)})
        </span>
        <Progress percent={Math.floor(part * 100)} status="active" aria-label={fa.uploading} />
        <div>
          <Button onClick={() => running.current?.abort()}>{uiFa.cancel}</Button>
        </div>
      </Flex>
    );
  return (
    <Flex vertical gap="small">
      {error && (
        <Alert
          type="error"
          showIcon
          role="alert"
          title={error}
          closable={{ onClose: () => setError(undefined) }}
        />
      )}
      <Upload.Dragger
        accept=".csv,.txt,.xlsx"
        multiple={false}
        showUploadList={false}
        beforeUpload={(chosen) => {
          void upload(chosen);
          return false;
        }}
        aria-label={fa.dropFile}
      >
        <InboxOutlined style={{ fontSize: 28 }} />
        <div>{fa.dropFile}</div>
        <small>{fa.fileKinds}</small>
      </Upload.Dragger>
    </Flex>
  );
}
