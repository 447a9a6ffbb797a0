import { EmptyDto, PageQueryDto } from '../core/common.dto';
import { defineRpc } from '../core/define';
import { EnumField, InstantField, IntField, ObjectField, StringField, UuidField } from '../core/fields';
import { languages, maxTextLength } from '../core/sms-terms';
import type { Language } from '../core/sms-terms';

/** Templates («پیام پیش‌فرض», SMS-021): texts of one customer that are sent often, in groups. */

/** Most templates of a customer. */
export const maxTemplates = 1_000;

/** Most template groups of a customer. */
export const maxTemplateGroups = 100;

const maxNameLength = 100;

// Templates

export class TemplateDraftDto {
  @StringField({
    description: 'Title; spaces around it are left out',
    minLength: 1,
    maxLength: maxNameLength,
    example: 'یادآوری جلسه',
  })
  title!: string;

  @StringField({
    description: 'Text, kept letter by letter; at most as many parts as a send may have',
    minLength: 1,
    maxLength: maxTextLength,
  })
  text!: string;

  @UuidField({ description: 'Own group; null or absent: in no group', optional: true, nullable: true })
  groupId?: string | null;
}

export class TemplateIdDto {
  @UuidField({ description: 'Template id' })
  templateId!: string;
}

/** All of the new content: what is absent is removed, not kept. */
export class TemplateUpdateDto extends TemplateDraftDto {
  @UuidField({ description: 'Template id' })
  templateId!: string;
}

export class TemplateDto {
  @UuidField({ description: 'Template id' })
  id!: string;

  @StringField({ description: 'Title', maxLength: maxNameLength })
  title!: string;

  @StringField({ description: 'Text', maxLength: maxTextLength })
  text!: string;

  @UuidField({ description: 'Group; null: in none', nullable: true })
  groupId!: string | null;

  @EnumField({
    description: 'Price language: `fa` goes as UCS-2, `en` as GSM-7 (SMS-204)',
    values: languages,
  })
  language!: Language;

  @IntField({
    description: 'Parts of one message; a line with `is66Char` may count more, as its quote says',
    min: 0,
    max: 100,
  })
  parts!: number;

  @IntField({ description: 'Length in units: septets of GSM-7 or UCS-2 code units', min: 0, max: 100_000 })
  units!: number;

  @StringField({ description: 'Letters that make the text UCS-2, each once, at most 50', maxLength: 200 })
  ucs2Letters!: string;

  @InstantField({ description: 'Created at' })
  createdAt!: string;

  @InstantField({ description: 'Last changed at' })
  updatedAt!: string;
}

export class TemplatesQueryDto extends PageQueryDto {
  @UuidField({ description: 'Only of this own group', optional: true })
  groupId?: string;

  @StringField({
    description:
      'Part of the title or text, whatever its case, digits, half-spaces and Arabic or Persian letters',
    optional: true,
    maxLength: 100,
  })
  search?: string;
}

export class TemplatesDto {
  @ObjectField({ description: 'Newest first', dto: () => TemplateDto, array: { maxItems: 200 } })
  templates!: TemplateDto[];

  @StringField({ description: 'Cursor of the next page; absent on the last', optional: true, maxLength: 200 })
  nextCursor?: string;
}

// Groups

export class TemplateGroupDraftDto {
  @StringField({
    description: 'Name, unlike that of each other own group; spaces around it are left out',
    minLength: 1,
    maxLength: maxNameLength,
    example: 'مشتریان',
  })
  name!: string;
}

export class TemplateGroupIdDto {
  @UuidField({ description: 'Template group id' })
  groupId!: string;
}

export class TemplateGroupRenameDto extends TemplateGroupDraftDto {
  @UuidField({ description: 'Template group id' })
  groupId!: string;
}

export class TemplateGroupDto {
  @UuidField({ description: 'Template group id' })
  id!: string;

  @StringField({ description: 'Name', maxLength: maxNameLength })
  name!: string;

  @IntField({ description: 'Templates in it', min: 0, max: maxTemplates })
  templates!: number;
}

export class TemplateGroupsDto {
  @ObjectField({
    description: 'Own groups in the order of the Persian alphabet',
    dto: () => TemplateGroupDto,
    array: { maxItems: maxTemplateGroups },
  })
  groups!: TemplateGroupDto[];
}

const ownTemplate = ['template.notFound'] as const;

const ownGroup = ['templateGroup.notFound'] as const;

const textRules = ['send.textEmpty', 'send.textTooLong'] as const;

export const smsTemplatesRpc = {
  create: defineRpc({
    name: 'sms.templates.create',
    input: TemplateDraftDto,
    output: TemplateDto,
    access: 'user',
    does: 'Keeps a text that is sent often (SMS-021, SMS-022).',
    errors: [...ownGroup, ...textRules, 'template.tooMany'],
  }),
  list: defineRpc({
    name: 'sms.templates.list',
    input: TemplatesQueryDto,
    output: TemplatesDto,
    access: 'user',
    does: 'Own templates, newest first; what the send page inserts texts from (SMS-010, SMS-023).',
    errors: [...ownGroup],
  }),
  read: defineRpc({
    name: 'sms.templates.read',
    input: TemplateIdDto,
    output: TemplateDto,
    access: 'user',
    does: 'One own template with its length (SMS-023).',
    errors: [...ownTemplate],
  }),
  update: defineRpc({
    name: 'sms.templates.update',
    input: TemplateUpdateDto,
    output: TemplateDto,
    access: 'user',
    does: 'Replaces title, text and group of an own template (SMS-023); accepted sends keep their text.',
    errors: [...ownTemplate, ...ownGroup, ...textRules],
  }),
  delete: defineRpc({
    name: 'sms.templates.delete',
    input: TemplateIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Deletes an own template (SMS-023).',
    errors: [...ownTemplate],
  }),
};

export const smsTemplateGroupsRpc = {
  create: defineRpc({
    name: 'sms.templateGroups.create',
    input: TemplateGroupDraftDto,
    output: TemplateGroupDto,
    access: 'user',
    does: 'Makes a group of templates (SMS-024).',
    errors: ['templateGroup.nameTaken', 'templateGroup.tooMany'],
  }),
  list: defineRpc({
    name: 'sms.templateGroups.list',
    input: EmptyDto,
    output: TemplateGroupsDto,
    access: 'user',
    does: 'Own groups of templates and how many each has (SMS-024).',
    errors: [],
  }),
  rename: defineRpc({
    name: 'sms.templateGroups.rename',
    input: TemplateGroupRenameDto,
    output: TemplateGroupDto,
    access: 'user',
    does: 'Renames an own group (SMS-024).',
    errors: [...ownGroup, 'templateGroup.nameTaken'],
  }),
  delete: defineRpc({
    name: 'sms.templateGroups.delete',
    input: TemplateGroupIdDto,
    output: EmptyDto,
    access: 'user',
    does: 'Deletes an own group; its templates stay, in no group (SMS-024).',
    errors: [...ownGroup],
  }),
};
