import { PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form, Segmented } from 'antd';
import { useEffect, useRef } from 'react';
import {
  added,
  become,
  closed,
  entriesMax,
  isOpen,
  opened,
  partsOf,
  present,
  without,
} from '../recipients/entries';
import type { RecipientsValue } from '../recipients/entries';
import { CombinedState } from '../recipients/combined-state';
import { EntryList } from '../recipients/entry-list';
import { asks, sourceOf, sources } from '../recipients/source';
import type { FormValues } from './values';
import shell from '../../../i18n/fa.json';
import fa from '../fa.json';

interface Props {
  readonly value?: RecipientsValue;
  readonly onChange?: (value: RecipientsValue) => void;
}

const furtherClass = 'add-further';
const [firstSource = sourceOf('')] = sources;

/**
 * The recipient list: one source, or several that were added one after the other (SMS-003, TGT-206). The ways to fill it
 * differ, what comes after is the same (SMS-002).
 */
export function RecipientsField({ value, onChange = () => undefined }: Props) {
  const field = useFollowingFocus(value);
  if (!value) return null;
  const parts = partsOf(value, asks);
  return (
    <Flex vertical gap="small" ref={field}>
      {value.entries.length > 0 && (
        <EntryList entries={value.entries} onRemove={(index) => onChange(without(value, index))} />
      )}
      {parts && <CombinedState parts={parts} onReady={(combined) => onChange({ ...value, combined })} />}
      {isOpen(value) && <OpenSource value={value} onChange={onChange} />}
      <Adding value={value} onChange={onChange} />
    </Flex>
  );
}

/** What was pressed goes away with the press: the focus moves to what comes in its place. */
function useFollowingFocus(value: RecipientsValue | undefined) {
  const field = useRef<HTMLDivElement>(null);
  const { adding = false, entries = [] } = value ?? {};
  const before = useRef({ adding, added: entries.length });
  useEffect(() => {
    const was = before.current;
    before.current = { adding, added: entries.length };
    if (was.adding === adding && was.added <= entries.length) return;
    const next = adding ? 'input:checked' : `.${furtherClass}, textarea`;
    field.current?.querySelector<HTMLElement>(next)?.focus();
  }, [adding, entries.length]);
  return field;
}

function OpenSource({ value, onChange }: Required<Props>) {
  const { Editor, key, onlyGiven } = sourceOf(value.source);
  const offered = sources.filter((each) => !each.onlyGiven || each.key === key || value.sources[each.key]);
  return (
    <>
      <Segmented
        aria-label={fa.addFrom}
        value={key}
        onChange={(source) => onChange({ ...value, source })}
        options={offered.map(({ key: each, title, icon: Icon }) => ({
          value: each,
          label: title,
          icon: <Icon />,
        }))}
      />
      <Editor
        key={`${value.entries.length} ${key}`}
        value={value.sources[key] ?? ''}
        onChange={(kept) =>
          onChange({
            ...value,
            source: onlyGiven && !kept ? firstSource.key : key,
            sources: { ...value.sources, [key]: kept },
          })
        }
        onBecome={(source, kept) => onChange(become(value, source, kept))}
      />
    </>
  );
}

/** One source needs no press; a further one joins by "add". */
function Adding({ value, onChange }: Required<Props>) {
  const form = Form.useFormInstance<FormValues>();
  const { source, value: kept } = present(value);
  const isChosen = isOpen(value) && asks(source, kept) !== undefined;
  const isFull = value.entries.length + (isOpen(value) ? 1 : 0) >= entriesMax;
  if (value.adding)
    return (
      <Flex gap="small">
        <Button type="primary" disabled={!isChosen} onClick={() => onChange(added(value))}>
          {fa.add}
        </Button>
        <Button onClick={() => onChange(closed(value))}>{shell.cancel}</Button>
      </Flex>
    );
  if (isFull || (value.entries.length === 0 && !isChosen)) return null;
  const further = (): void => {
    if (value.entries.length > 0) return onChange(opened(value));
    // Row and count were said of this source; from now on they are said of the whole.
    const { row, count } = form.getFieldsValue(['row', 'count']) as Pick<FormValues, 'row' | 'count'>;
    form.setFieldsValue({ row: undefined, count: undefined });
    const next = sources.find(({ key, onlyGiven }) => key !== source && !onlyGiven) ?? firstSource;
    onChange(added(value, { slice: { row, count }, next: next.key }));
  };
  return (
    <div>
      <Button className={furtherClass} icon={<PlusOutlined />} onClick={further}>
        {fa.addFurther}
      </Button>
    </div>
  );
}
