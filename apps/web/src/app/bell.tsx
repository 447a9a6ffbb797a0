import { BellOutlined } from '@ant-design/icons';
import { Badge, Button, Drawer, Skeleton } from 'antd';
import { Suspense, useState } from 'react';
import { fill, number } from '../ui/format';
import { lazyPart } from '../ui/lazy-part';
import { useOffered } from '../parts/screens/offered';
import { useWarnings } from '../parts/warnings/use-warnings';
import fa from '../i18n/fa.json';

const NoticeList = lazyPart(() => import('./notice-list').then(({ NoticeList: part }) => part));

/** The unread badge, and behind it what needs attention and what was said in passing (WEB-022). */
export function Bell() {
  const [open, setOpen] = useState(false);
  const warnings = useWarnings();
  const { counts } = useOffered();
  const count = Object.values(counts).reduce((sum, each) => sum + each, warnings.length);
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
