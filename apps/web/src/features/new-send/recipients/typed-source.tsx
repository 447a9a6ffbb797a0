import { FormOutlined } from '@ant-design/icons';
import { useQueryClient } from '@tanstack/react-query';
import { Alert, Button, Flex, Input, Progress, Tag, Typography } from 'antd';
import { useDeferredValue, useEffect, useMemo, useRef, useState } from 'react';
import { ApiError } from '../../../api/client';
import { uploadFile } from '../../../api/upload';
import shell from '../../../i18n/fa.json';
import { dateTime, digits, fill, mobile, number } from '../../../ui/format';
import { useWhenRested } from '../../../ui/use-rested';
import fa from '../fa.json';
import { rejectionText } from '../../../parts/recipients/rejections';
import type { RecipientSource, SourceProps } from './source';
import { fileOf, readTyped, typedMax } from './typed-numbers';
import type { TypedNumbers as Typed } from './typed-numbers';
import { listQuery } from '../../../parts/recipients/use-lists';
import type { List } from '../../../parts/recipients/use-lists';

/** About a hundred thousand numbers: more would make the page slow, and comes from a file anyhow. */
const lettersMax = 1_500_000;

/**
 * Numbers typed or pasted (SMS-002, TGT-002), judged as they are written. More than one send takes as they are become a
 * list by themselves, with a name and its report of what was left out, as a file does.
 */
function TypedNumbers({ value, onChange, onBecome }: SourceProps) {
  const text = useDeferredValue(value);
  const typed = useMemo(() => readTyped(text), [text]);
  const [tooLong, setTooLong] = useState(false);
  const isMany = typed.valid.length > typedMax;
  const list = useList(isMany ? text : undefined, onBecome);
  return (
    <Flex vertical gap="small">
      <Input.TextArea
        dir="ltr"
        aria-label={fa.numbers}
        placeholder={fa.numbersHint}
        autoSize={{ minRows: 3, maxRows: 10 }}
        value={value}
        readOnly={list.isMaking}
        onChange={({ target }) => {
          // Cut off, numbers at the end would be lost in silence.
          const fits = target.value.length <= lettersMax;
          setTooLong(!fits);
          if (fits) onChange(target.value);
        }}
      />
      {tooLong && <Alert type="error" showIcon role="alert" title={fa.tooLongPaste} />}
      <Counts typed={typed} />
      {isMany ? (
        <Making count={typed.valid.length} list={list} />
      ) : (
        <Typography.Text type="secondary">{fill(fa.typedAbout, { max: typedMax })}</Typography.Text>
      )}
      <LeftOut typed={typed} />
    </Flex>
  );
}

interface Made {
  readonly isMaking: boolean;
  readonly part: number;
  readonly error: string | undefined;
  readonly retry: () => void;
}

/** Makes a list of many numbers once typing rests. What cannot be made stays as it was typed. */
function useList(many: string | undefined, onBecome: SourceProps['onBecome']): Made {
  const queries = useQueryClient();
  const [part, setPart] = useState<number>();
  const [failed, setFailed] = useState<{ readonly of: string; readonly why: string }>();
  const running = useRef<AbortController>(undefined);
  const latest = useRef(onBecome);
  useEffect(() => {
    latest.current = onBecome;
  });
  useEffect(() => () => running.current?.abort(), []);

  const make = async (text: string): Promise<void> => {
    if (running.current) return;
    const abort = new AbortController();
    running.current = abort;
    setFailed(undefined);
    setPart(0);
    try {
      const name = fill(fa.pastedList, { at: dateTime(new Date().toISOString()) }).replaceAll(/[/:]/g, '-');
      const options = { onProgress: setPart, signal: abort.signal };
      const made = await uploadFile<List>('/recipient-lists/file', fileOf(text, name), options);
      queries.setQueryData(listQuery(made.id).queryKey, made);
      latest.current('file', made.id);
    } catch (error) {
      if (!abort.signal.aborted)
        setFailed({ of: text, why: error instanceof ApiError ? error.message : String(error) });
    } finally {
      running.current = undefined;
      if (!abort.signal.aborted) setPart(undefined);
    }
  };
  useWhenRested(many, (text) => {
    if (text !== undefined && failed?.of !== text) void make(text);
  });
  return {
    isMaking: part !== undefined,
    part: part ?? 0,
    error: many !== undefined && failed?.of === many ? failed.why : undefined,
    retry: () => many !== undefined && void make(many),
  };
}

function Making({ count, list }: { readonly count: number; readonly list: Made }) {
  if (list.error)
    return (
      <Alert
        type="error"
        showIcon
        role="alert"
        title={list.error}
        description={fill(fa.listNotMade, { max: typedMax })}
        action={<Button onClick={list.retry}>{shell.retry}</Button>}
      />
    );
  return (
    <div role="status">
      {fill(fa.makingList, { count })}
      <Progress percent={Math.floor(list.part * 100)} status="active" aria-label={fa.uploading} />
    </div>
  );
}

function LeftOut({ typed: { refused, repeated } }: { readonly typed: Typed }) {
  const all = [
    ...refused.map(({ text, reason }) => [digits(text.slice(0, 24)), rejectionText(reason)] as const),
    ...repeated.map(
      ({ msisdn, first }) => [mobile(msisdn), fill(fa.repeatedFrom, { row: number(first) })] as const,
    ),
  ];
  if (all.length === 0) return null;
  return (
    <Typography.Paragraph type="secondary" style={{ margin: 0 }}>
      {fa.leftOut}{' '}
      {all.map(([text, why], index) => (
        <span key={`${text} ${index}`}>
          <bdi dir="ltr">{text}</bdi> ({why}){index < all.length - 1 && fa.comma}
        </span>
      ))}
    </Typography.Paragraph>
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
