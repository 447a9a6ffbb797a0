import type { TemplateDto } from '@peyk/contracts/sms';
import { countSmsParts } from '@peyk/persian';
import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { Relation } from 'typeorm';

@Entity('template_groups')
@Unique(['customerId', 'foldedName'])
export class TemplateGroup {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  /** As it was written. */
  @Column('text')
  name!: string;

  /** What is compared: two names that look the same are the same. */
  @Column('text')
  foldedName!: string;
}

@Entity('templates')
@Index(['customerId', 'id'])
export class Template {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  customerId!: string;

  @Index()
  @Column('uuid', { nullable: true })
  groupId!: string | null;

  @ManyToOne(() => TemplateGroup, { nullable: true, onDelete: 'SET NULL' })
  @JoinColumn({ name: 'group_id' })
  group?: Relation<TemplateGroup>;

  @Column('text')
  title!: string;

  /** Letter by letter what will be sent. */
  @Column('text')
  body!: string;

  /** Title and text as they are searched, a line each. */
  @Column('text')
  folded!: string;

  @Column('timestamptz')
  createdAt!: Date;

  @Column('timestamptz')
  updatedAt!: Date;

  toDto(): TemplateDto {
    const { language, parts, units, ucs2Characters } = countSmsParts(this.body);
    return {
      id: this.id,
      title: this.title,
      text: this.body,
      groupId: this.groupId,
      language,
      parts,
      units,
      ucs2Letters: ucs2Characters.join(''),
      createdAt: this.createdAt.toISOString(),
      updatedAt: this.updatedAt.toISOString(),
    };
  }
}
