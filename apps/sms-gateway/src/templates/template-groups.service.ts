import { Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { maxTemplateGroups } from '@peyk/contracts/sms';
import type { EmptyDto } from '@peyk/contracts';
import type {
  TemplateGroupDraftDto,
  TemplateGroupDto,
  TemplateGroupRenameDto,
  TemplateGroupsDto,
} from '@peyk/contracts/sms';
import { Transactions, query, uuidv7, violatedConstraint } from '@peyk/database';
import { DataSource, EntityManager } from 'typeorm';
import { folded, tidied } from './names';
import { Template, TemplateGroup } from './template.entity';

const alphabet = new Intl.Collator('fa', { numeric: true });

/** Groups of templates (SMS-024). A group of somebody else is `templateGroup.notFound`. */
@Injectable()
export class TemplateGroupsService {
  constructor(
    private readonly dataSource: DataSource,
    private readonly transactions: Transactions,
  ) {}

  /** Throws input.invalid, templateGroup.nameTaken, templateGroup.tooMany. */
  async create(customerId: string, draft: TemplateGroupDraftDto): Promise<TemplateGroupDto> {
    const group = { id: uuidv7(), customerId, ...namesOf(draft) };
    await this.transactions
      .run(async (tx) => {
        await lockTemplatesOf(tx, customerId);
        const groups = tx.getRepository(TemplateGroup);
        if ((await groups.countBy({ customerId })) >= maxTemplateGroups)
          throw new DomainError('templateGroup.tooMany', { max: maxTemplateGroups });
        await groups.insert(group);
      })
      .catch(throwNameTaken);
    return { id: group.id, name: group.name, templates: 0 };
  }

  async list(customerId: string): Promise<TemplateGroupsDto> {
    const groups = await query<TemplateGroupDto>(
      this.dataSource,
      `SELECT g.id, g.name, count(t.id)::int AS templates FROM template_groups g LEFT JOIN templates t ON t.group_id = g.id
       WHERE g.customer_id = $1 GROUP BY g.id LIMIT ${maxTemplateGroups}`,
      [customerId],
    );
    return { groups: groups.sort((a, b) => alphabet.compare(a.name, b.name)) };
  }

  /** To its own name in another writing too. Throws input.invalid, templateGroup.notFound, templateGroup.nameTaken. */
  async rename(customerId: string, { groupId, ...draft }: TemplateGroupRenameDto): Promise<TemplateGroupDto> {
    const names = namesOf(draft);
    const { affected } = await this.dataSource
      .getRepository(TemplateGroup)
      .update({ id: groupId, customerId }, names)
      .catch(throwNameTaken);
    if (affected === 0) throw new DomainError('templateGroup.notFound');
    const templates = await this.dataSource.getRepository(Template).countBy({ groupId });
    return { id: groupId, name: names.name, templates };
  }

  /** Its templates stay, in no group. Throws templateGroup.notFound. */
  async remove(customerId: string, id: string): Promise<EmptyDto> {
    const { affected } = await this.dataSource.getRepository(TemplateGroup).delete({ id, customerId });
    if (affected === 0) throw new DomainError('templateGroup.notFound');
    return {};
  }
}

/** One customer's templates and groups are added one after the other: two at once would both see room for one more. */
export async function lockTemplatesOf(tx: EntityManager, customerId: string): Promise<void> {
  await query(tx, 'SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`templates:${customerId}`]);
}

function namesOf(draft: TemplateGroupDraftDto): Pick<TemplateGroup, 'name' | 'foldedName'> {
  const name = tidied('name', draft.name);
  return { name, foldedName: folded(name) };
}

function throwNameTaken(error: unknown): never {
  if (violatedConstraint(error) === 'template_groups_customer_id_folded_name_key')
    throw new DomainError('templateGroup.nameTaken', { field: 'name' });
  throw error;
}
