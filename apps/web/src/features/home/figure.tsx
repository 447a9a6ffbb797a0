import { Card, Typography } from 'antd';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import './home.css';

interface Props {
  readonly title: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
  /** The page that says more. */
  readonly to: string;
  /** Needs somebody's attention; said in words by `note`. */
  readonly attention?: boolean;
}

/** One figure that leads to the page behind it. */
export function Figure({ title, value, note, to, attention = false }: Props) {
  return (
    <Link to={to} className="figure">
      <Card size="small" hoverable styles={{ body: { padding: 16 } }}>
        <Typography.Text type="secondary">{title}</Typography.Text>
        <div className="figure-value">{value}</div>
        <Typography.Text type={attention ? 'warning' : 'secondary'} style={{ fontSize: 12 }}>
          {note ?? '\u00a0'}
        </Typography.Text>
      </Card>
    </Link>
  );
}
