import { Flex, Typography } from 'antd';
import type { ReactNode } from 'react';

/** A page of one column in the middle: one thing to do. */
export function Narrow({
  title,
  width = 480,
  children,
}: {
  title: string;
  width?: number;
  children: ReactNode;
}) {
  return (
    <Flex vertical gap="middle" style={{ maxWidth: width, marginInline: 'auto', paddingBlock: 24 }}>
      <Typography.Title level={1} style={{ fontSize: 24, textAlign: 'center', margin: 0 }}>
        {title}
      </Typography.Title>
      {children}
    </Flex>
  );
}
