import { defineEvent } from './define';
import { EnumField, IntField, StringField, UuidField } from './fields';
import { listStates } from './targeting.rpc';
import type { ListState } from './targeting.rpc';

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

export const targetingEvents = {
  listRead: defineEvent({
    name: 'targeting.list.read',
    version: 1,
    payload: ListReadDto,
    when: 'A recipient file was read to its end or refused, or a combined list is put together.',
  }),
};
