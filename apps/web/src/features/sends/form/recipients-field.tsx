import { Flex, Segmented } from 'antd';
import { sourceOf, sources } from '../recipients/source';
import type { RecipientsValue } from './values';
import fa from '../fa.json';

interface Props {
  readonly value?: RecipientsValue;
  readonly onChange?: (value: RecipientsValue) => void;
}

/** The recipient list; the ways to fill it differ, what comes after is the same (SMS-002, SMS-003). */
export function RecipientsField({ value, onChange }: Props) {
  if (!value) return null;
  const { Editor, key } = sourceOf(value.source);
  return (
    <Flex vertical gap="small">
      <Segmented
        aria-label={fa.addFrom}
        value={key}
        onChange={(source) => onChange?.({ ...value, source })}
        options={sources.map(({ key: each, title, icon: Icon }) => ({
          value: each,
          label: title,
          icon: <Icon />,
        }))}
      />
      <Editor
        key={key}
        value={value.sources[key] ?? ''}
        onChange={(kept) => onChange?.({ ...value, sources: { ...value.sources, [key]: kept } })}
      />
    </Flex>
  );
}
