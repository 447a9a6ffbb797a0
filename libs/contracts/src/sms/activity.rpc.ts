import { defineRpc } from '../core/define';
import { BooleanField, InstantField, IntField, ObjectField, RialsField } from '../core/fields';

export const maxActivityDays = 92;

export class ActivityQueryDto {
  @IntField({
    description: 'Days until today, today included; 30 unless told',
    optional: true,
    min: 1,
    max: maxActivityDays,
  })
  days?: number;

  @BooleanField({
    description: 'All customers together: administrators only, else `access.denied`',
    optional: true,
  })
  everybody?: boolean;
}

/**
 * What happened in a stretch of time, each thing when it was recorded: a message that was sent yesterday and delivered
 * today is in yesterday's `sent` and in today's `delivered`.
 */
export class ActivityFiguresDto {
  @IntField({ description: 'Sends that were accepted', min: 0, max: 1_000_000_000 })
  sends!: number;

  @IntField({ description: 'Recipients of those sends', min: 0, max: 100_000_000_000 })
  messages!: number;

  @IntField({ description: 'Messages that the operator took', min: 0, max: 100_000_000_000 })
  sent!: number;

  @IntField({ description: 'Parts that were charged', min: 0, max: 100_000_000_000 })
  parts!: number;

  @IntField({ description: 'Messages reported delivered', min: 0, max: 100_000_000_000 })
  delivered!: number;

  @IntField({ description: 'Messages reported undelivered', min: 0, max: 100_000_000_000 })
  undelivered!: number;

  @IntField({ description: 'Messages that the operator refused', min: 0, max: 100_000_000_000 })
  failed!: number;

  @IntField({ description: 'Messages received on own lines', min: 0, max: 100_000_000_000 })
  received!: number;

  @RialsField({ description: 'Charged, Rial' })
  chargedRials!: number;

  @RialsField({ description: 'Paid back, Rial; may be for what was charged on an earlier day' })
  refundedRials!: number;
}

export class ActivityDayDto extends ActivityFiguresDto {
  @InstantField({ description: 'Beginning of the day, 00:00 Asia/Tehran' })
  startsAt!: string;
}

export class ActivityHourDto extends ActivityFiguresDto {
  @IntField({ description: 'Hour of the day, Asia/Tehran', min: 0, max: 23 })
  hour!: number;
}

export class ActivityDto {
  @ObjectField({
    description: 'Oldest first, the last one is today; days without anything are there too',
    dto: () => ActivityDayDto,
    array: { maxItems: maxActivityDays },
  })
  days!: ActivityDayDto[];

  @ObjectField({ description: 'Today, the same as the last of `days`', dto: () => ActivityDayDto })
  today!: ActivityDayDto;

  @ObjectField({
    description: "Today's 24 hours, also those to come",
    dto: () => ActivityHourDto,
    array: { maxItems: 24 },
  })
  hours!: ActivityHourDto[];
}

export const smsActivityRpc = {
  read: defineRpc({
    name: 'sms.activity.read',
    input: ActivityQueryDto,
    output: ActivityDto,
    access: 'user',
    does: 'Own activity by day and of today by hour (WEB-024).',
    errors: ['access.denied'],
  }),
};
