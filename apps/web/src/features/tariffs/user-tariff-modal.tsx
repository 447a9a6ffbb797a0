import { Form } from 'antd';
import { api, ok } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { FormModal } from '../../ui/form-modal';
import { fill, toman } from '../../ui/format';
import { DatePicker, dateTimeFormat } from '../../ui/date-picker';
import { languageTitles, lineClassTitles, operatorTitles } from '../../ui/terms';
import type { LineClass } from '../../ui/terms';
import { required } from '../../ui/use-form';
import type { TariffRow } from './user-tariff-rows';
import { limits, withinToman } from '../../ui/limits';
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
  return (
    <FormModal<Values>
      title={fill(fa.tariffTitle, {
        operator: operatorTitles[operator],
        language: languageTitles[language],
        lineClass: lineClassTitles[lineClass],
      })}
      action={fa.save}
      initialValues={{ rialsPerPart: priceRials }}
      submit={({ rialsPerPart, validFrom }) =>
        ok(
          api.PUT('/api/v1/reseller/tariffs', {
            body: { lineClass, language, operator, rialsPerPart, validFrom: validFrom?.toISOString() },
          }),
        )
      }
      said={fa.tariffSet}
      refresh={[['tariffs']]}
      onClose={onClose}
    >
      <Form.Item
        name="rialsPerPart"
        label={fa.price}
        extra={fill(fa.costIs, { cost: toman(costRials) })}
        rules={[required(fa.price), withinToman(limits.ResellerTariffSetDto.rialsPerPart)]}
      >
        <TomanInput autoFocus />
      </Form.Item>
      <Form.Item name="validFrom" label={fa.userValidFrom} extra={fa.fromNow}>
        <DatePicker showTime format={dateTimeFormat} minDate={new Date()} style={{ width: '100%' }} />
      </Form.Item>
    </FormModal>
  );
}
