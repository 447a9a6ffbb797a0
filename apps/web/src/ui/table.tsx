import { Fragment, useState } from 'react';
import type { CSSProperties, Key, ReactNode } from 'react';
import { DownOutlined, LeftOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import fa from '../i18n/fa.json';

export interface TableColumn<Row> {
  readonly key?: string;
  readonly title: ReactNode;
  readonly render?: (row: Row) => ReactNode;
  readonly align?: 'start' | 'center' | 'end';
  /** px */
  readonly width?: number;
  readonly className?: string;
  /** Columns under one heading. */
  readonly children?: readonly TableColumn<Row>[];
}

interface Props<Row> {
  readonly 'aria-label': string;
  readonly columns: readonly TableColumn<Row>[];
  readonly dataSource: readonly Row[];
  readonly rowKey: (keyof Row & string) | ((row: Row) => Key);
  readonly bordered?: boolean;
  readonly className?: string;
  readonly style?: CSSProperties;
  /** px; what is longer scrolls under the headings. */
  readonly maxHeight?: number;
  readonly rowStyle?: (row: Row) => CSSProperties | undefined;
  /** What a row shows when it is opened. */
  readonly expand?: (row: Row) => ReactNode;
  /** Its rows answer what was asked before; those of what is asked now are on their way. */
  readonly stale?: boolean;
}

/**
 * A table of rows that are all there: the browser's own, in the colours of the theme. antd's brings trees, filters and pages
 * with it, 50 kB of script that no page of ours uses.
 */
export function Table<Row>({
  columns,
  dataSource,
  rowKey,
  bordered = false,
  className = '',
  style,
  maxHeight,
  rowStyle,
  expand,
  stale = false,
  ...named
}: Props<Row>) {
  const [open, setOpen] = useState<ReadonlySet<Key>>(new Set());
  const leaves = columns.flatMap((column) => column.children ?? [column]);
  const grouped = leaves.length > columns.length || columns.some(({ children }) => children);
  const keyOf = (row: Row): Key => (typeof rowKey === 'function' ? rowKey(row) : String(row[rowKey]));
  const toggle = (key: Key): void =>
    setOpen((before) => {
      const next = new Set(before);
      if (!next.delete(key)) next.add(key);
      return next;
    });
  return (
    <div
      className={`table-frame ${className}`}
      style={{ ...style, maxHeight, opacity: stale ? 0.6 : undefined }}
      // What scrolls must be reached by the keyboard.
      tabIndex={0}
      role="region"
      aria-label={named['aria-label']}
      aria-busy={stale}
    >
      <table className={bordered ? 'table bordered' : 'table'}>
        <thead>
          <tr>
            {expand && (
              <th rowSpan={grouped ? 2 : 1}>
                <span className="only-read">{fa.details}</span>
              </th>
            )}
            {columns.map(({ key, title, align, width, children }, index) => (
              <th
                key={key ?? index}
                scope={children ? 'colgroup' : 'col'}
                colSpan={children?.length}
                rowSpan={grouped && !children ? 2 : undefined}
                style={{ width, textAlign: children ? 'center' : align }}
              >
                {title}
              </th>
            ))}
          </tr>
          {grouped && (
            <tr>
              {columns.flatMap(({ key: group, children = [] }) =>
                children.map(({ key, title, align }, index) => (
                  <th key={`${group} ${key ?? index}`} scope="col" style={{ textAlign: align }}>
                    {title}
                  </th>
                )),
              )}
            </tr>
          )}
        </thead>
        <tbody>
          {dataSource.map((row) => {
            const key = keyOf(row);
            const isOpen = open.has(key);
            return (
              <Fragment key={key}>
                <tr style={rowStyle?.(row)}>
                  {expand && (
                    <td style={{ width: 48 }}>
                      <Button
                        type="text"
                        size="small"
                        aria-label={fa.details}
                        aria-expanded={isOpen}
                        icon={isOpen ? <DownOutlined /> : <LeftOutlined />}
                        onClick={() => toggle(key)}
                      />
                    </td>
                  )}
                  {leaves.map(({ key: column, render, align, className: cell }, index) => (
                    <td key={column ?? index} className={cell} style={{ textAlign: align }}>
                      {render?.(row)}
                    </td>
                  ))}
                </tr>
                {expand && isOpen && (
                  <tr>
                    <td colSpan={leaves.length + 1}>{expand(row)}</td>
                  </tr>
                )}
              </Fragment>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
