import { IntField, StringField, UuidField } from './fields';

export class EmptyDto {}

export class IdDto {
  @UuidField({ description: 'Id of the thing' })
  id!: string;
}

/** Lists are read page by page with an opaque cursor; a page never holds more than 200 rows. */
export class PageQueryDto {
  @StringField({
    description: 'Opaque cursor from `nextCursor` of the page before',
    optional: true,
    maxLength: 200,
  })
  cursor?: string;

  @IntField({ description: 'Rows a page', optional: true, min: 1, max: 200 })
  limit?: number;
}
