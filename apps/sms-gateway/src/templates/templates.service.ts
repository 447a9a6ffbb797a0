import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { maxTemplates } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
  TemplateDraftDto,
  TemplateDto,
  TemplatesDto,
  TemplatesQueryDto,
  TemplateUpdateDto,
} from '@peyk/contracts/sms';
import { Transactions, query, uuidv7 } from '@peyk/database';
import { DataSource, EntityManager } from 'typeorm';
import { decodeCursor, encodeCursor, uuidPattern } from '../cursor';
import { measureText } from '../sends/quote';
import { folded, tidied } from './names';
import { lockTemplatesOf } from './template-groups.service';
import { Template, TemplateGroup } from './template.entity';

/** Templates (SMS-021..SMS-023). A template of somebody else is `template.notFound`, like one that never was. */
@Injectable()
export class TemplatesService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Throws input.invalid, send.textEmpty, send.textTooLong, templateGroup.notFound, template.tooMany. */
  async create(customerId: string, draft: TemplateDraftDto): Promise<TemplateDto> {
    const now = new Date();
    const template = Object.assign(new Template(), {
      id: uuidv7(),
      customerId,
      ...contentOf(draft),
      createdAt: now,
      updatedAt: now,
    });
    await this.transactions.run(async (tx) => {
      await lockTemplatesOf(tx, customerId);
      const templates = tx.getRepository(Template);
      if ((await templates.countBy({ customerId })) >= maxTemplates)
        throw new DomainError('template.tooMany', { max: maxTemplates });
      await holdGroup(tx, customerId, template.groupId);
      await templates.insert(template);
    });
    return template.toDto();
  }

  /** Throws templateGroup.notFound, and input.invalid for a foreign cursor. */
  async list(customerId: string, filter: TemplatesQueryDto): Promise<TemplatesDto> {
    const limit = filter.limit ?? 50;
    const before = decodeCursor(filter.cursor, uuidPattern);
    const search = this.dataSource
      .getRepository(Template)
      .createQueryBuilder('t')
      .where('t.customer_id = :customerId', { customerId })
      .orderBy('t.id', 'DESC')
      .take(limit + 1);
    if (before) search.andWhere('t.id < :before', { before });
    if (filter.groupId) {
      const group = { id: filter.groupId, customerId };
      if (!(await this.dataSource.getRepository(TemplateGroup).existsBy(group)))
        throw new DomainError('templateGroup.notFound');
      search.andWhere('t.group_id = :groupId', { groupId: group.id });
    }
    // Strpos and not LIKE: what is searched for has no wildcards.
    if (filter.search) search.andWhere('strpos(t.folded, :part) > 0', { part: folded(filter.search) });
    const found = await search.getMany();
    const page = found.slice(0, limit);
    const last = page.at(-1);
    return {
      templates: page.map((template) => template.toDto()),
      ...(found.length > limit && last ? { nextCursor: encodeCursor(last.id) } : {}),
    };
  }

  async read(customerId: string, id: string): Promise<TemplateDto> {
    const template = await this.dataSource.getRepository(Template).findOneBy({ id, customerId });
    if (!template) throw new DomainError('template.notFound');
    return template.toDto();
  }

  /** Throws input.invalid, send.textEmpty, send.textTooLong, template.notFound, templateGroup.notFound. */
  async update(customerId: string, { templateId, ...draft }: TemplateUpdateDto): Promise<TemplateDto> {
    const content = contentOf(draft);
    await this.transactions.run(async (tx) => {
      // The group before the template, as the deletion of a group locks them: two that meet wait, and never for each other.
      await holdGroup(tx, customerId, content.groupId);
      const { affected } = await tx
        .getRepository(Template)
        .update({ id: templateId, customerId }, { ...content, updatedAt: new Date() });
      if (affected === 0) throw new DomainError('template.notFound');
    });
    return this.read(customerId, templateId);
  }

  async remove(customerId: string, id: string): Promise<EmptyDto> {
    const { affected } = await this.dataSource.getRepository(Template).delete({ id, customerId });
    if (affected === 0) throw new DomainError('template.notFound');
    return {};
  }
}

/** A text that no line could send is refused here and not when it is needed. */
function contentOf(draft: TemplateDraftDto): Pick<Template, 'title' | 'body' | 'folded' | 'groupId'> {
  const title = tidied('title', draft.title);
  const { text } = measureText(draft.text, false);
  return { title, body: text, folded: `${folded(title)}\n${folded(text)}`, groupId: draft.groupId ?? null };
}

/** Keeps an own group from being deleted until the transaction ends. Throws templateGroup.notFound. */
async function holdGroup(tx: EntityManager, customerId: string, groupId: string | null): Promise<void> {
  if (groupId === null) return;
  const held = await query(
    tx,
    'SELECT 1 FROM template_groups WHERE id = $1 AND customer_id = $2 FOR KEY SHARE',
    [groupId, customerId],
  );
  if (held.length === 0) throw new DomainError('templateGroup.notFound');
}
