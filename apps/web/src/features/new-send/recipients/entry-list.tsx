import { DeleteOutlined } from '@ant-design/icons';
import { Button } from 'antd';
import { fill } from '../../../ui/format';
import type { Slice } from '../draft';
import fa from '../fa.json';
import type { Entry } from './entries';
import { sourceOf } from './source';

interface Props {
  readonly entries: readonly Entry[];
  readonly onRemove: (index: number) => void;
}

/** Whom the message goes to, one row for each addition (SMS-003). */
export function EntryList({ entries, onRemove }: Props) {
  return (
    <ul className="plain-list recipient-entries" aria-label={fa.recipientList}>
      {entries.map((entry, index) => {
        const { title, icon: Icon, Added } = sourceOf(entry.source);
        return (
          <li key={`${index} ${entry.source} ${entry.value}`}>
            <Icon />
            <div>
              <span>
                {title}
                {sliceText(entry)}
              </span>
              <Added value={entry.value} />
            </div>
            <Button
              type="text"
              icon={<DeleteOutlined />}
              aria-label={fill(fa.removeEntry, { title, no: index + 1 })}
              onClick={() => onRemove(index)}
            />
          </li>
        );
      })}
    </ul>
  );
}

function sliceText({ row, count }: Slice): string {
  if (!row && !count) return '';
  return fill(count ? fa.sliceOf : fa.sliceFrom, { row: row ?? 1, count: count ?? 0 });
}
