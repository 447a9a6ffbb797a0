import { FormOutlined } from '@ant-design/icons';
import { Alert, Flex, Input, Tag, Typography } from 'antd';
import { useDeferredValue, useMemo } from 'react';
import { digits, fill } from '../../../ui/format';
import fa from '../fa.json';
import { rejectionText } from './rejections';
import type { RecipientSource, SourceProps } from './source';
import { readTyped, typedMax } from './typed-numbers';
import type { TypedNumbers as Typed } from './typed-numbers';

const lettersMax = 40_000;

/** Numbers typed or pasted (SMS-002, TGT-002), judged as they are written. */
function TypedNumbers({ value, onChange }: SourceProps) {
  const text = useDeferredValue(value);
  const typed = useMemo(() => readTyped(text), [text]);
  const { valid, refused } = typed;
  return (
    <Flex vertical gap="small">
      <Input.TextArea
        dir="ltr"
        aria-label={fa.numbers}
        placeholder={fa.numbersHint}
        autoSize={{ minRows: 3, maxRows: 10 }}
        maxLength={lettersMax}
        value={value}
        onChange={({ target }) => onChange(target.value)}
      />
      <Counts typed={typed} />
      {valid.length > typedMax && (
        <Alert type="error" showIcon role="alert" title={fill(fa.tooManyTyped, { max: typedMax })} />
      )}
      {refused.length > 0 && (
        <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
          {fa.leftOut}{' '}
          {refused.map((each, index) => (
            <span key={`${each.text} ${index}`}>
              <bdi dir="ltr">{digits(each.text.slice(0, 24))}</bdi> ({rejectionText(each.reason)})
              {index < refused.length - 1 && fa.comma}
            </span>
          ))}
        </Typography.Paragraph>
      )}
    </Flex>
  );
}

function Counts({ typed: { valid, duplicates, invalid } }: { typed: Typed }) {
  return (
    <Flex gap="small" wrap align="center" aria-live="polite">
      <Tag color={valid.length > 0 ? 'success' : undefined}>
        {fill(fa.validNumbers, { count: valid.length })}
      </Tag>
      {duplicates > 0 && <Tag>{fill(fa.duplicateNumbers, { count: duplicates })}</Tag>}
      {invalid > 0 && <Tag color="error">{fill(fa.invalidNumbers, { count: invalid })}</Tag>}
    </Flex>
  );
}

/** What was typed and added: the numbers themselves, as far as a line holds them. */
function AddedNumbers({ value }: { readonly value: string }) {
  const typed = useMemo(() => readTyped(value), [value]);
  return (
    <>
      <Counts typed={typed} />
      <bdi dir="ltr" className="added-numbers">
        {typed.valid.map((msisdn) => digits(msisdn.replace(/^98/, '0'))).join(' ')}
      </bdi>
    </>
  );
}

export const typedSource: RecipientSource = {
  key: 'typed',
  title: fa.sourceTyped,
  icon: FormOutlined,
  Editor: TypedNumbers,
  Added: AddedNumbers,
  recipients: (value) => {
    const { valid } = readTyped(value);
    return valid.length > 0 && valid.length <= typedMax ? { numbers: [...valid] } : undefined;
  },
};
