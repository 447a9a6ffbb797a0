import { Alert, Button, Empty, Flex, Tabs } from 'antd';
import { ago, fill } from '../ui/format';
import { LinkButton } from '../ui/link-button';
import { useOffered } from '../parts/screens/offered';
import { useWarnings } from '../parts/warnings/use-warnings';
import { WarningList } from '../parts/warnings/warning-list';
import { clearToasts, useToasts } from '../ui/toasts';
import fa from '../i18n/fa.json';

/** What needs attention, and what was said in passing. `onLeave`: a link was followed. */
export function NoticeList({ onLeave }: { onLeave: () => void }) {
  const warnings = useWarnings();
  const toasts = useToasts();
  const { screens, counts } = useOffered();
  return (
    <>
      {screens.map(({ path, title, count: counted }) => {
        const count = counts[path] ?? 0;
        if (!counted || count === 0) return null;
        return (
          <Alert
            key={path}
            type="info"
            showIcon
            title={fill(counted.said, { count })}
            action={
              <LinkButton to={path} onClickCapture={onLeave}>
                {title}
              </LinkButton>
            }
          />
        );
      })}
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
    </>
  );
}
