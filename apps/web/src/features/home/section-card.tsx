import { Card, Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

/** A part of the home page with its heading, and what belongs at the end of its line. */
export function SectionCard({
  title,
  extra,
  children,
}: {
  title: string;
  extra?: ReactNode;
  children: ReactNode;
}) {
  return (
    <Card size="small" styles={{ body: { padding: 16 } }}>
      <Flex justify="space-between" align="center" gap="small" wrap style={{ marginBlockEnd: 12 }}>
        <Typography.Title level={2} style={{ fontSize: 16, margin: 0 }}>
          {title}
        </Typography.Title>
        {extra}
      </Flex>
      {children}
    </Card>
  );
}
