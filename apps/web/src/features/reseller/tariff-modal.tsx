import { useQueryClient } from '@tanstack/react-query';
import { Form, Modal } from 'antd';
import { api, ok } from '../../api/client';
import { useSay } from '../../app/toasts';
import { RialInput } from '../../ui/amount';
import { FormError } from '../../ui/form-error';
import { fill, rials } from '../../ui/format';
import { DatePicker, dateTimeFormat } from '../../ui/date-picker';
import { languageTitles, lineClassTitles, operatorTitles } from '../../ui/terms';
import type { LineClass } from '../../ui/terms';
import { required, useServerForm } from '../../ui/use-form';
import type { TariffRow } from './tariff-rows';
import fa from './fa.json';

interface Values {
  readonly rialsPerPart: number;
  readonly validFrom?: Date | null;
}
interface Props {
  readonly row: TariffRow;
  readonly lineClass: LineClass;
  readonly onClose: () => void;
}

export function TariffModal({ row, lineClass, onClose }: Props) {
  const { operator, language, costRials, priceRials } = row;
  const say = useSay();
  const queries = useQueryClient();
  const { form, props, refusal, mutation } = useServerForm({
    submit: ({ rialsPerPart, validFrom }: Values) =>
      ok(
        api.PUT('/api/v1/reseller/tariffs', {
          body: { lineClass, language, operator, rialsPerPart, validFrom: validFrom?.toISOString() },
        }),
      ),
    done: async () => {
      onClose();
      say.success(fa.tariffSet);
      await queries.invalidateQueries({ queryKey: ['tariffs'] });
    },
  });
  return (
    <Modal
      open
      title={fill(fa.tariffTitle, {
        operator: operatorTitles[operator],
        language: languageTitles[language],
        lineClass: lineClassTitles[lineClass],
      })}
      okText={fa.save}
      cancelText={fa.cancel}
      onOk={form.submit}
      okButtonProps={{ loading: mutation.isPending }}
      onCancel={onClose}
    >
      <FormError error={refusal} />
      <Form {...props} initialValues={{ rialsPerPart: priceRials }}>
        <Form.Item
          name="rialsPerPart"
          label={fa.price}
          extra={fill(fa.costIs, { cost: rials(costRials) })}
          rules={[required(fa.price)]}
        >
          <RialInput autoFocus />
        </Form.Item>
        <Form.Item name="validFrom" label={fa.validFrom} extra={fa.fromNow}>
          <DatePicker showTime format={dateTimeFormat} minDate={new Date()} style={{ width: '100%' }} />
        </Form.Item>
      </Form>
    </Modal>
  );
}
