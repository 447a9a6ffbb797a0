import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer, Skeleton } from 'antd';
import { Suspense, useState } from 'react';
import { fill, number } from '../ui/format';
import { lazyPart } from '../ui/lazy-part';
import { useUnread, useWarnings } from './badges';
import fa from '../i18n/fa.json';

const NoticeList = lazyPart(() => import('./notice-list').then(({ NoticeList: part }) => part));

/** The unread badge, and behind it what needs attention and what was said in passing (WEB-022). */
export function Bell() {
  const [open, setOpen] = useState(false);
  const warnings = useWarnings();
  const unread = useUnread();
  const count = warnings.length + unread;
  return (
    <>
      <Badge
        count={count > 0 ? number(Math.min(count, 99)) : 0}
        title={fill(fa.unreadCount, { count })}
        size="small"
        offset={[-8, 8]}
        showZero={false}
      >
        <Button
          type="text"
          icon={<BellOutlined />}
          aria-label={count > 0 ? fill(fa.unread, { count }) : fa.notices}
          onClick={() => setOpen(true)}
        />
      </Badge>
      <Drawer title={fa.notices} placement="left" size={380} open={open} onClose={() => setOpen(false)}>
        <Suspense fallback={<Skeleton active />}>
          <NoticeList onLeave={() => setOpen(false)} />
        </Suspense>
      </Drawer>
    </>
  );
}
