import { Button } from 'antd';
import type { ReactNode } from 'react';
import { duration, fill } from '../../ui/format';
import fa from './fa.json';
import './entry.css';

interface Props {
  /** Seconds before another try can be of use. */
  readonly wait: number;
  readonly loading: boolean;
  readonly children: ReactNode;
}

/** Sends a form of this part; after too many tries it counts down to the next one (IDN-211). */
export function WaitButton({ wait, loading, children }: Props) {
  return (
    <Button
      type="primary"
      size="large"
      htmlType="submit"
      block
      loading={loading}
      disabled={wait > 0}
      className="counts-down"
    >
      {wait > 0 ? fill(fa.waitFor, { time: duration(wait * 1_000) }) : children}
    </Button>
  );
}
