import { defineEvent } from '../core/define';
import type { EventsOf } from '../core/define';
import { EnumField, IntField, StringField, UuidField } from '../core/fields';
import { listSources, listStates } from './lists.rpc';
import type { ListSource, ListState } from './lists.rpc';

export class ListReadDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner' })
  customerId!: string;

  @EnumField({ description: '`ready` or `refused`', values: listStates })
  state!: ListState;

  @StringField({ description: 'Error code when refused', optional: true, nullable: true, maxLength: 100 })
  refusal?: string | null;

  @IntField({ description: 'Valid, distinct recipients', min: 0, max: 100_000_000 })
  valid!: number;
}

export class ListDeletedDto {
  @UuidField({ description: 'List id' })
  listId!: string;

  @UuidField({ description: 'Owner, who deleted it' })
  customerId!: string;

  @EnumField({ description: 'How it was made', values: listSources })
  source!: ListSource;

  @StringField({ description: 'File name; of other lists nothing', maxLength: 200 })
  title!: string;

  @IntField({ description: 'Recipients that it had', min: 0, max: 100_000_000 })
  recipients!: number;
}

export const targetingEvents = {
  listRead: defineEvent({
    name: 'targeting.list.read',
    version: 1,
    payload: ListReadDto,
    when: 'A recipient file was read to its end or refused, or a combined list is put together.',
  }),
  listDeleted: defineEvent({
    name: 'targeting.list.deleted',
    version: 1,
    payload: ListDeletedDto,
    when: 'Its owner deleted a recipient list.',
  }),
} satisfies EventsOf<'targeting'>;
