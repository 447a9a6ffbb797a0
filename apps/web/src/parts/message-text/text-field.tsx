import { FileAddOutlined } from '@ant-design/icons';
import { Button, Flex, Input } from 'antd';
import type { TextAreaRef } from 'antd/es/input/TextArea';
import { useDeferredValue, useRef, useState } from 'react';
import fa from './fa.json';
import { TemplatePicker } from './template-picker';
import { TextMeasure } from './text-measure';

interface Props {
  readonly id?: string;
  readonly value?: string;
  readonly onChange?: (text: string) => void;
  readonly is66Char?: boolean;
  readonly picksTemplates?: boolean;
}

/** The text with its length (SMS-004, SMS-005); templates go in where the cursor stands (SMS-010). */
export function TextField({ id, value = '', onChange, is66Char = false, picksTemplates = true }: Props) {
  const input = useRef<TextAreaRef>(null);
  const [picks, setPicks] = useState(false);
  const measured = useDeferredValue(value);
  const insert = (text: string): void => {
    const area = input.current?.resizableTextArea?.textArea;
    const [from, to] = area ? [area.selectionStart, area.selectionEnd] : [value.length, value.length];
    onChange?.(value.slice(0, from) + text + value.slice(to));
    setPicks(false);
    area?.focus();
  };
  return (
    <Flex vertical gap="small">
      <Input.TextArea
        id={id}
        ref={input}
        dir="auto"
        autoSize={{ minRows: 4, maxRows: 14 }}
        value={value}
        onChange={({ target }) => onChange?.(target.value)}
      />
      <Flex gap="small" wrap justify="space-between" align="flex-start">
        <TextMeasure text={measured} is66Char={is66Char} />
        {picksTemplates && (
          <Button icon={<FileAddOutlined />} onClick={() => setPicks(true)}>
            {fa.insertTemplate}
          </Button>
        )}
      </Flex>
      {picks && <TemplatePicker onPick={insert} onClose={() => setPicks(false)} />}
    </Flex>
  );
}
