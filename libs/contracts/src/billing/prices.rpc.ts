import { defineRpc } from '../core/define';
import { EnumField, ObjectField, RialsField, UuidField } from '../core/fields';
import { languages, lineClasses, operators } from '../core/sms-terms';
import type { Language, LineClass, Operator } from '../core/sms-terms';

export class PricesQueryDto {
  @UuidField({ description: 'Customer' })
  customerId!: string;

  @EnumField({ description: 'Line class', values: lineClasses })
  lineClass!: LineClass;

  @EnumField({ description: 'Language of the text', values: languages })
  language!: Language;
}

export class OperatorPriceDto {
  @EnumField({ description: 'Operator of the recipient', values: operators })
  operator!: Operator;

  @RialsField({ description: 'Price of one part, Rial' })
  rialsPerPart!: number;
}

export class CustomerPriceDto extends OperatorPriceDto {
  @RialsField({
    description: 'What the reseller of a user pays for the part, Rial; of a direct customer the same price',
  })
  costRialsPerPart!: number;
}

export class PricesDto {
  @ObjectField({ description: 'One price an operator', dto: () => CustomerPriceDto, array: { maxItems: 10 } })
  prices!: CustomerPriceDto[];

  @UuidField({
    description: 'Reseller that earns the difference; null or absent: none',
    optional: true,
    nullable: true,
  })
  resellerId?: string | null;
}

export const billingPricesRpc = {
  read: defineRpc({
    name: 'billing.prices.read',
    input: PricesQueryDto,
    output: PricesDto,
    access: 'service',
    callers: ['sms-gateway'],
    does: 'Price of one part for each operator, valid now: by level, or of the reseller, never below its cost.',
    errors: ['tariff.missing'],
  }),
};
