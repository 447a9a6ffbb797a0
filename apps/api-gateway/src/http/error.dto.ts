import { ObjectField, StringField } from '@peyk/contracts';

export class FieldErrorDto {
  @StringField({ description: 'Path of the field, e.g. `recipients.numbers[3]`', maxLength: 100 })
  field!: string;

  @StringField({ description: 'Rule that it breaks, e.g. `required`, `maxLength`, `unknown`', maxLength: 40 })
  rule!: string;

  @StringField({ description: 'What is wrong, in the language of the answer', maxLength: 500 })
  message!: string;
}

/** Bounds and names only; what is in it depends on the code. */
export class ErrorDetailsDto {
  @ObjectField({
    description: 'The refused fields of `input.invalid`',
    optional: true,
    dto: () => FieldErrorDto,
    array: { maxItems: 20 },
  })
  fields?: FieldErrorDto[];
}

/** Every answer that is no success. */
export class ErrorDto {
  @StringField({
    description: 'Stable code for programs',
    maxLength: 100,
    example: 'wallet.insufficientCredit',
  })
  code!: string;

  @StringField({
    description: 'For people: Persian, or English when Accept-Language begins with `en`',
    maxLength: 500,
  })
  message!: string;

  @ObjectField({ description: 'More, where there is more', optional: true, dto: () => ErrorDetailsDto })
  details?: ErrorDetailsDto;

  @StringField({ description: 'Names this request in the logs; also in `x-request-id`', maxLength: 64 })
  requestId!: string;
}
