import { Badge, Flex } from 'antd';
import { fill, number } from '../ui/format';
import fa from '../i18n/fa.json';

/** A name in a menu, and how much of it nobody has looked at yet (WEB-022). */
export function Counted({ title, count }: { title: string; count: number }) {
  if (count === 0) return title;
  return (
    <Flex component="span" align="center" gap={6}>
      {title}
      <Badge count={number(count)} title={fill(fa.unreadCount, { count })} size="small" />
    </Flex>
  );
}
