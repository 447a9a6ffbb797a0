import { Alert, Typography } from 'antd';
import { digits, fill } from '../../ui/format';
import fa from './fa.json';

/** Of pages that people watch; asked only while they are looked at. */
export const liveMs = 2_000;

const clock = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium', timeZone: 'Asia/Tehran' });

/** When what is shown came, and whether the next answer is missing. */
export function LiveStamp({ at, failing }: { at: number; failing: boolean }) {
  const time = digits(clock.format(at));
  if (failing) return <Alert type="warning" showIcon role="status" title={fill(fa.stale, { time })} />;
  return (
    <Typography.Text type="secondary" className="numbers">
      {fill(fa.updatedAt, { time })}
    </Typography.Text>
  );
}
