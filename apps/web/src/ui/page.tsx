import { Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

interface Props {
  readonly title: ReactNode;
  /** A line under the title that says what the page is for. */
  readonly about?: ReactNode;
  /** The page's actions; the main one first. */
  readonly extra?: ReactNode;
  readonly children: ReactNode;
}

/** Heading, actions and content of every page of the panel. */
export function Page({ title, about, extra, children }: Props) {
  return (
    <>
      <Flex justify="space-between" align="flex-start" gap="small" wrap style={{ marginBlockEnd: 16 }}>
        <div>
          <Typography.Title level={1} style={{ fontSize: 22, margin: 0 }}>
            {title}
          </Typography.Title>
          {about && <Typography.Text type="secondary">{about}</Typography.Text>}
        </div>
        {extra && (
          <Flex gap="small" wrap className="no-print">
            {extra}
          </Flex>
        )}
      </Flex>
      {children}
    </>
  );
}
