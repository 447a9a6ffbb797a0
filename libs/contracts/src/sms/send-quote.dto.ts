import {
  BooleanField,
  EnumField,
  InstantField,
  IntField,
  ObjectField,
  RialsField,
  StringField,
  UuidField,
} from '../core/fields';
import {
  lanes,
  languages,
  maxTextLength,
  maxTypedNumbers,
  operators,
  repeatPeriods,
} from '../core/sms-terms';
import type { Lane, Language, Operator, RepeatPeriod } from '../core/sms-terms';
import { RecipientsDto } from '../targeting/lists.rpc';
import { LineDto } from './lines.rpc';

export class QuoteRequestDto {
  @UuidField({ description: 'Sender line' })
  lineId!: string;

  @StringField({ description: 'Message text', minLength: 0, maxLength: maxTextLength })
  text!: string;

  @ObjectField({ description: 'To whom', dto: () => RecipientsDto })
  recipients!: RecipientsDto;
}

export class QuoteRowDto {
  @EnumField({ description: 'Operator', values: operators })
  operator!: Operator;

  @IntField({ description: 'Recipients', min: 0, max: 100_000_000 })
  recipients!: number;

  @RialsField({ description: 'Price of one part, Rial' })
  rialsPerPart!: number;

  @RialsField({ description: 'recipients x parts x price, Rial' })
  totalRials!: number;
}

export class QuoteDto {
  @IntField({ description: 'Recipients in all', min: 0, max: 100_000_000 })
  recipients!: number;

  @IntField({ description: 'Parts of one message', min: 0, max: 100 })
  parts!: number;

  @IntField({ description: 'Length in units: septets of GSM-7 or UCS-2 code units', min: 0, max: 100_000 })
  units!: number;

  @EnumField({ description: 'Price language', values: languages })
  language!: Language;

  @StringField({ description: 'Letters that make the text UCS-2, each once, at most 50', maxLength: 200 })
  ucs2Letters!: string;

  @ObjectField({ description: 'Price by operator', dto: () => QuoteRowDto, array: { maxItems: 10 } })
  rows!: QuoteRowDto[];

  @RialsField({ description: 'Total price, Rial' })
  totalRials!: number;

  @RialsField({ description: 'Available credit, Rial' })
  availableRials!: number;

  @BooleanField({ description: 'The credit is enough now' })
  enough!: boolean;

  @ObjectField({ description: 'Sender line', dto: () => LineDto })
  line!: LineDto;

  @InstantField({
    description: "When the first message could leave: now, or when the line's sending hours begin",
  })
  startsAt!: string;

  @IntField({ description: 'Typed numbers that are no mobile number', min: 0, max: maxTypedNumbers })
  invalidNumbers!: number;

  @IntField({ description: 'Typed numbers that repeat another', min: 0, max: maxTypedNumbers })
  duplicateNumbers!: number;
}

export class RepeatDto {
  @EnumField({
    description: 'Every day, week or Jalali month at the same Tehran time (SMS-007)',
    values: repeatPeriods,
  })
  every!: RepeatPeriod;

  @IntField({ description: 'How many times in all, the first one included', min: 2, max: 366 })
  times!: number;
}

export class SendRequestDto extends QuoteRequestDto {
  @StringField({
    description: 'Chosen by the client; a repeat gives the same send back',
    minLength: 8,
    maxLength: 100,
    pattern: /^[\w.:-]+$/,
  })
  idempotencyKey!: string;

  @StringField({ description: 'Title for reports', optional: true, maxLength: 200 })
  title?: string;

  @InstantField({ description: 'When; absent: now (SMS-006)', optional: true })
  sendAt?: string;

  @ObjectField({ description: 'Repetition', optional: true, dto: () => RepeatDto })
  repeat?: RepeatDto;

  @EnumField({
    description: 'Lane: otp (1 recipient), transactional (up to 100), bulk',
    optional: true,
    values: lanes,
  })
  lane?: Lane;
}

/** What is not said stays as it is. */
export class SendChangeDto {
  @UuidField({ description: 'Send id' })
  sendId!: string;

  @StringField({ description: 'Message text', optional: true, minLength: 0, maxLength: maxTextLength })
  text?: string;

  @StringField({ description: 'Title for reports', optional: true, maxLength: 200 })
  title?: string;

  @ObjectField({ description: 'To whom', optional: true, dto: () => RecipientsDto })
  recipients?: RecipientsDto;

  @InstantField({
    description:
      'When; of the first occurrence of a repetition also what all others are reckoned from, of a later one before the next one',
    optional: true,
  })
  sendAt?: string;
}
