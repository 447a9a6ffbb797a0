import { BellOutlined } from '@ant-design/icons';
import { Alert, Badge, Button, Drawer, Empty, Flex, Tabs } from 'antd';
import { useState } from 'react';
import { ago, fill, number } from '../ui/format';
import { LinkButton } from '../ui/link-button';
import { WarningList } from '../ui/warning-list';
import { useUnread, useWarnings } from './badges';
import { clearToasts, useToasts } from './toasts';
import fa from '../i18n/fa.json';

/** The unread badge, and behind it what needs attention and what was said in passing (WEB-022). */
export function Bell() {
  const [open, setOpen] = useState(false);
  const warnings = useWarnings();
  const toasts = useToasts();
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
        {unread > 0 && (
          <Alert
            type="info"
            showIcon
            title={fill(fa.unreadInbox, { count: unread })}
            action={
              <LinkButton to="/inbox" onClickCapture={() => setOpen(false)}>
                {fa.sectionInbox}
              </LinkButton>
            }
          />
        )}
        <Tabs
          items={[
            {
              key: 'warnings',
              label: fa.warnings,
              children:
                warnings.length > 0 ? (
                  <WarningList warnings={warnings} />
                ) : (
                  <Empty description={fa.noWarnings} />
                ),
            },
            {
              key: 'toasts',
              label: fa.toasts,
              children:
                toasts.length > 0 ? (
                  <Flex vertical gap="small">
                    {toasts.map(({ at, kind, text }, index) => (
                      <Alert key={`${at} ${index}`} type={kind} showIcon title={text} description={ago(at)} />
                    ))}
                    <Button onClick={clearToasts}>{fa.clearAll}</Button>
                  </Flex>
                ) : (
                  <Empty description={fa.noToasts} />
                ),
            },
          ]}
        />
      </Drawer>
    </>
  );
}
