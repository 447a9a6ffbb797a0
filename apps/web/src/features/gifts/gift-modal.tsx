import { DeleteOutlined, PlusOutlined } from '@ant-design/icons';
import { Button, Flex, Form } from 'antd';
import type { FormInstance } from 'antd';
import { api, ok } from '../../api/client';
import type { Schemas } from '../../api/client';
import { TomanInput } from '../../ui/amount';
import { digits, fill } from '../../ui/format';
import { FormModal } from '../../ui/form-modal';
import { required } from '../../ui/use-form';
import { fallsAt, tiersOf } from './tier-rows';
import type { TierRow } from './tier-rows';
import { ValidFrom } from '../../parts/validity/valid-from';
import { limits, withinToman } from '../../ui/limits';
import fa from './fa.json';

interface Values {
  readonly tiers?: readonly TierRow[];
  readonly validFrom?: Date | null;
}
const rowsMax = 50;

/** The whole table at once: tiers touch each other, so one alone cannot change (BIL-206). */
export function GiftModal({
  tiers,
  onClose,
}: {
  tiers: readonly Schemas['GiftTierDto'][];
  onClose: () => void;
}) {
  return (
    <FormModal<Values>
      title={fa.newTiers}
      action={fa.save}
      width={640}
      initialValues={{ tiers, validFrom: null }}
      submit={({ tiers: rows = [], validFrom }) =>
        ok(
          api.PUT('/api/v1/gifts/tier-sets/{tierSetId}', {
            params: { path: { tierSetId: crypto.randomUUID() } },
            body: { tiers: tiersOf(rows), validFrom: validFrom?.toISOString() },
          }),
        )
      }
      said={fa.tiersSaved}
      refresh={[['gifts']]}
      onClose={onClose}
    >
      <p>{fa.newTiersWhat}</p>
      <Form.List name="tiers">
        {(lines, { add, remove }) => (
          <Flex vertical gap="small" style={{ marginBlockEnd: 24 }}>
            {lines.map(({ key, name }) => (
              <Flex key={key} gap="small" align="flex-start">
                <Form.Item
                  name={[name, 'fromRials']}
                  label={fill(fa.tierFrom, { line: digits(String(name + 1)) })}
                  rules={[
                    required(fa.amount),
                    withinToman(limits.GiftTierDto.fromRials),
                    rising('fromRials', name, fa.amountMustRise),
                  ]}
                  style={{ flex: 2, marginBlockEnd: 0 }}
                >
                  <TomanInput precision={0} />
                </Form.Item>
                <Form.Item
                  name={[name, 'discountRials']}
                  label={fa.tierDiscount}
                  rules={[
                    required(fa.tierDiscount),
                    withinToman(limits.GiftTierDto.discountRials),
                    rising('discountRials', name, fa.discountMustRise),
                  ]}
                  style={{ flex: 1, marginBlockEnd: 0 }}
                >
                  <TomanInput />
                </Form.Item>
                <Button
                  icon={<DeleteOutlined />}
                  aria-label={fill(fa.removeTier, { line: digits(String(name + 1)) })}
                  onClick={() => remove(name)}
                  style={{ marginBlockStart: 30 }}
                />
              </Flex>
            ))}
            {lines.length < rowsMax && (
              <Button icon={<PlusOutlined />} onClick={() => add({})} block>
                {fa.addTier}
              </Button>
            )}
          </Flex>
        )}
      </Form.List>
      <ValidFrom />
    </FormModal>
  );
}

const rising =
  (name: keyof TierRow, index: number, message: string) =>
  ({ getFieldValue }: Pick<FormInstance, 'getFieldValue'>) => ({
    validator: () =>
      fallsAt((getFieldValue('tiers') ?? []) as TierRow[], name, index)
        ? Promise.reject(new Error(message))
        : Promise.resolve(),
  });
