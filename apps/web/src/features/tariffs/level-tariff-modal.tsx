import { Form, Select } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { languageTitles, lineClassTitles, operatorTitles, optionsOf } from '../../ui/terms';
import { required } from '../../ui/use-form';
import { FormModal } from '../../ui/form-modal';
import { useLevels } from '../../parts/levels/use-levels';
import { ValidFrom } from '../../parts/validity/valid-from';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

type Body = Schemas['TariffAddBodyDto'];
type Values = Omit<Body, 'validFrom'> & { readonly validFrom?: Date | null };

/** Adds a tariff from a moment on; what ran before keeps its price (BIL-205). */
export function TariffModal({ initial, onClose }: { initial: Partial<Body>; onClose: () => void }) {
  const levels = useLevels();
  return (
    <FormModal<Values>
      title={fa.addTariff}
      action={fa.add}
      initialValues={{ ...initial, validFrom: null }}
      submit={({ validFrom, ...body }) =>
        ok(
          api.PUT('/api/v1/tariffs/schedule/{tariffId}', {
            params: { path: { tariffId: crypto.randomUUID() } },
            body: { ...body, validFrom: validFrom?.toISOString() },
          }),
        )
      }
      said={fa.tariffAdded}
      refresh={[['tariffs']]}
      onClose={onClose}
    >
      <Form.Item name="level" label={fa.level} rules={[required(fa.level)]}>
        <Select
          options={(levels.data?.levels ?? []).map(({ level, title }) => ({ value: level, label: title }))}
        />
      </Form.Item>
      <Form.Item name="lineClass" label={fa.lineClass} rules={[required(fa.lineClass)]}>
        <Select options={optionsOf(lineClassTitles)} />
      </Form.Item>
      <Form.Item name="language" label={fa.language} rules={[required(fa.language)]}>
        <Select options={optionsOf(languageTitles)} />
      </Form.Item>
      <Form.Item name="operator" label={fa.operator} rules={[required(fa.operator)]}>
        <Select options={optionsOf(operatorTitles)} />
      </Form.Item>
      <Form.Item
        name="rialsPerPart"
        label={fa.perPart}
        rules={[required(fa.perPart), withinToman(limits.TariffAddDto.rialsPerPart)]}
      >
        <TomanInput />
      </Form.Item>
      <ValidFrom />
    </FormModal>
  );
}
