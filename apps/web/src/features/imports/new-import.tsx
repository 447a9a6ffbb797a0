import { InboxOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Button, Flex, Form, Progress, Select, Upload } from 'antd';
import { useRef, useState } from 'react';
import { useNavigate } from 'react-router';
import { ApiError } from '../../api/client';
import { uploadFile } from '../../api/upload';
import { useSay } from '../../ui/toasts';
import { bytes, fill } from '../../ui/format';
import { FormError } from '../../ui/form-error';
import { optionsOf } from '../../ui/terms';
import { ImportColumns } from './import-columns';
import { importKinds } from './kinds';
import type { Import, ImportKind } from './kinds';
import fa from './fa.json';

const bytesMax = 100 * 1_024 * 1_024;
const kindOptions = optionsOf(
  Object.fromEntries(Object.entries(importKinds).map(([kind, { title }]) => [kind, title])) as Record<
    ImportKind,
    string
  >,
);

/** Kind, its columns, and the file with its progress; then the page of its dry run. */
export function NewImport() {
  const [kind, setKind] = useState<ImportKind>('students');
  const [error, setError] = useState<unknown>();
  const [sending, setSending] = useState<{ readonly name: string; readonly part: number }>();
  const abort = useRef<AbortController>(undefined);
  const navigate = useNavigate();
  const queries = useQueryClient();
  const say = useSay();

  const send = async (file: File): Promise<void> => {
    setError(undefined);
    if (file.size > bytesMax)
      return say.error(fill(fa.tooLarge, { size: bytes(file.size), max: bytes(bytesMax) }));
    abort.current = new AbortController();
    setSending({ name: file.name, part: 0 });
    try {
      const { id } = await uploadFile<Import>(`/imports/${kind}`, file, {
        signal: abort.current.signal,
        onProgress: (part) => setSending({ name: file.name, part }),
      });
      await queries.invalidateQueries({ queryKey: ['imports'] });
      await navigate(`/people/import/${id}`);
    } catch (reason) {
      if (!(reason instanceof ApiError && reason.code === 'upload.aborted')) setError(reason);
    } finally {
      setSending(undefined);
    }
  };
  return (
    <Flex vertical gap="middle">
      <Form layout="vertical" component="div">
        <Form.Item label={fa.kind} htmlFor="import-kind" style={{ maxWidth: 320, marginBlockEnd: 0 }}>
          <Select id="import-kind" value={kind} onChange={setKind} options={kindOptions} />
        </Form.Item>
      </Form>
      <ImportColumns kind={kind} />
      <FormError error={error} />
      {sending ? (
        <div role="status">
          {fill(fa.uploading, { name: sending.name })}
          <Flex gap="middle" align="center">
            <Progress percent={Math.floor(sending.part * 100)} aria-label={fa.progress} />
            <Button onClick={() => abort.current?.abort()}>{fa.stopUpload}</Button>
          </Flex>
        </div>
      ) : (
        <Upload.Dragger
          accept=".csv,.xlsx,.txt"
          showUploadList={false}
          beforeUpload={(file) => {
            void send(file);
            // It is sent here, with the session's token.
            return false;
          }}
        >
          <p className="ant-upload-drag-icon">
            <InboxOutlined />
          </p>
          <p className="ant-upload-text">{fa.drop}</p>
          <p className="ant-upload-hint">{fa.dropAbout}</p>
        </Upload.Dragger>
      )}
    </Flex>
  );
}
