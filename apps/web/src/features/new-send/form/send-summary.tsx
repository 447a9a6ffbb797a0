import { Card, Form, Typography } from 'antd';
import { memo, useDeferredValue } from 'react';
import type { ReactNode } from 'react';
import type { Schemas } from '../../../api/client';
import { PhonePreview } from './phone-preview';
import { PricePanel } from './price-panel';
import { useQuote } from '../../../parts/sends/use-quote';
import type { FormValues } from './values';
import { recipientsOf } from './values';
import fa from '../fa.json';

type Line = Schemas['LineDto'];

/** Preview and price beside the form; follows what is typed without holding it up. */
export function SendSummary({ lines, children }: { lines: readonly Line[]; children: ReactNode }) {
  const form = Form.useFormInstance<FormValues>();
  const values = useDeferredValue(Form.useWatch([], form) as FormValues | undefined);
  return (
    <aside className="send-summary" aria-label={fa.summary}>
      {values && <Following values={values} lines={lines} />}
      {children}
    </aside>
  );
}

const Following = memo(function Following({ values, lines }: { values: FormValues; lines: readonly Line[] }) {
  const { lineId, text } = values;
  const line = lines.find(({ id }) => id === lineId);
  const recipients = recipientsOf(values);
  const wanted = lineId && text && recipients ? { lineId, text, recipients } : undefined;
  const { data, error, isFetching } = useQuote(wanted);
  return (
    <>
      <PhonePreview text={text} from={line?.number ?? ''} is66Char={line?.is66Char ?? false} />
      <Card size="small">
        <Typography.Title level={2} style={{ fontSize: 16, marginBlock: 0 }}>
          {fa.cost}
        </Typography.Title>
        <PricePanel quote={data} error={error} pending={isFetching} incomplete={!wanted} />
      </Card>
    </>
  );
});
