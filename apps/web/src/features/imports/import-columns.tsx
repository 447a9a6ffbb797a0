import { DownloadOutlined } from '@ant-design/icons';
import { Button, Flex, Tag, Typography } from 'antd';
import { importKinds, sampleOf } from './kinds';
import type { ImportKind } from './kinds';
import fa from './fa.json';
import './imports.css';

/** Which columns a kind of file has, and a file to begin with. */
export function ImportColumns({ kind }: { kind: ImportKind }) {
  const download = (): void => {
    const url = URL.createObjectURL(new Blob([sampleOf(kind)], { type: 'text/csv' }));
    const link = document.createElement('a');
    link.href = url;
    link.download = `${kind}.csv`;
    link.click();
    // The browser has taken the file over by then.
    setTimeout(() => URL.revokeObjectURL(url), 60_000);
  };
  return (
    <div>
      <Typography.Paragraph type="secondary" style={{ marginBlockEnd: 8 }}>
        {fa.columnsAbout}
      </Typography.Paragraph>
      <Flex
        gap="small"
        wrap
        component="ul"
        aria-label={fa.columns}
        style={{ listStyle: 'none', padding: 0, marginBlock: '0 12px' }}
      >
        {importKinds[kind].columns.map(({ title, needed, help }) => (
          <li key={title} className="import-column">
            <strong>{title}</strong>{' '}
            <Tag color={needed ? 'processing' : 'default'}>{needed ? fa.needed : fa.optional}</Tag>
            {help && <div>{help}</div>}
          </li>
        ))}
      </Flex>
      <Button icon={<DownloadOutlined />} onClick={download}>
        {fa.sample}
      </Button>
    </div>
  );
}
