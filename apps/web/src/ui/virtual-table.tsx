import { theme } from 'antd';
import { memo, useEffect, useRef, useState } from 'react';
import type { Key, ReactNode } from 'react';
import { windowOf } from './virtual-window';
import './virtual-table.css';

export interface VirtualColumn<Row> {
  readonly key: string;
  readonly title: string;
  readonly render: (row: Row) => ReactNode;
  /** As `grid-template-columns` takes it: `90px`, `minmax(120px, 1fr)`. */
  readonly width: string;
}

interface Props<Row> {
  readonly label: string;
  readonly rows: readonly Row[];
  readonly rowKey: (row: Row) => Key;
  readonly columns: readonly VirtualColumn<Row>[];
  /** How many there are, also of those that are not loaded yet. */
  readonly total?: number | undefined;
  /** The end of what is loaded comes near. */
  readonly onNearEnd?: () => void;
  /** Under the last row: that more is loading, or failed. */
  readonly footer?: ReactNode;
}

const rowHeight = 44;
const heightMost = 640;
const nearRows = 100;

/**
 * A table of rows of one height that draws those that are seen: scrolling costs the same at a hundred thousand. Rows are
 * compared by identity; a new row object is drawn again.
 */
export function VirtualTable<Row extends object>(props: Props<Row>) {
  const { label, rows, rowKey, columns, total, onNearEnd, footer } = props;
  const { token } = theme.useToken();
  const box = useRef<HTMLDivElement>(null);
  const [{ first, end }, setWindow] = useState(() => windowOf(0, heightMost, rowHeight, rows.length));
  const [height, setHeight] = useState(heightMost);

  const measure = (): void => {
    if (!box.current) return;
    const next = windowOf(box.current.scrollTop, box.current.clientHeight, rowHeight, rows.length);
    setWindow((now) => (now.first === next.first && now.end === next.end ? now : next));
  };
  useEffect(() => {
    setHeight(Math.min(heightMost, Math.round(window.innerHeight * 0.7)));
    measure();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the window follows the rows; scrolling calls it itself
  }, [rows]);
  const isNearEnd = end >= rows.length - nearRows;
  useEffect(() => {
    if (isNearEnd) onNearEnd?.();
  }, [isNearEnd, onNearEnd, rows.length]);

  const template = columns.map(({ width }) => width).join(' ');
  return (
    <div
      ref={box}
      className="virtual-table"
      role="table"
      aria-label={label}
      aria-rowcount={total === undefined ? -1 : total + 1}
      tabIndex={0}
      onScroll={measure}
      style={{ maxHeight: height, background: token.colorBgContainer }}
    >
      <div className="virtual-head" role="row" aria-rowindex={1} style={{ gridTemplateColumns: template }}>
        {columns.map(({ key, title }) => (
          <div key={key} role="columnheader">
            {title}
          </div>
        ))}
      </div>
      <div role="rowgroup" style={{ height: rows.length * rowHeight, position: 'relative' }}>
        <div style={{ position: 'absolute', insetInline: 0, top: first * rowHeight }}>
          {rows.slice(first, end).map((row, index) => (
            <VirtualRow
              key={rowKey(row)}
              row={row}
              index={first + index}
              columns={columns as readonly VirtualColumn<object>[]}
              template={template}
            />
          ))}
        </div>
      </div>
      {footer}
    </div>
  );
}

const VirtualRow = memo(function VirtualRow({
  row,
  index,
  columns,
  template,
}: {
  row: object;
  index: number;
  columns: readonly VirtualColumn<object>[];
  template: string;
}) {
  return (
    <div
      className="virtual-row"
      role="row"
      aria-rowindex={index + 2}
      style={{ gridTemplateColumns: template, height: rowHeight }}
    >
      {columns.map(({ key, render }) => (
        <div key={key} role="cell">
          {render(row)}
        </div>
      ))}
    </div>
  );
});
