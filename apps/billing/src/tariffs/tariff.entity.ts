import type { Language, LineClass, Operator } from '@peyk/contracts';
import type { LevelCause } from '@peyk/contracts/billing';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';

/** What customers are sorted into for their tariffs (BIL-009). Never deleted. */
@Entity('levels')
export class Level {
  /** Code. */
  @PrimaryColumn('text')
  level!: string;

  @Column('text')
  title!: string;
}

/** Price of one part for a level from a moment on, until a row with a later `validFrom` takes over. */
@Entity('tariffs')
@Unique(['level', 'lineClass', 'language', 'operator', 'validFrom'])
@Check('tariffs_rials_per_part_check', 'rials_per_part >= 0')
export class Tariff {
  /** Chosen by the one who added it. */
  @PrimaryColumn('uuid')
  id!: string;

  @Column('text', { default: 'standard' })
  level!: string;

  @ManyToOne(() => Level, { nullable: false })
  @JoinColumn({ name: 'level' })
  ofLevel!: Level;

  @Column('text')
  lineClass!: LineClass;

  @Column('text')
  language!: Language;

  @Column('text')
  operator!: Operator;

  @Column('timestamptz')
  validFrom!: Date;

  @Column('bigint')
  rialsPerPart!: number;

  /** Account; null: the platform itself. */
  @Column('uuid', { nullable: true })
  addedBy!: string | null;
}

/** How the level of a customer came about. Only added to. */
@Entity('level_changes')
@Index(['customerId', 'id'])
@Check('level_changes_cause_check', `cause IN ('admin', 'plan')`)
export class LevelChange {
  @PrimaryColumn({ type: 'bigint', generated: 'identity', generatedIdentity: 'ALWAYS' })
  id!: number;

  @Column('uuid')
  customerId!: string;

  @Column('text')
  levelBefore!: string;

  @Column('text')
  level!: string;

  @ManyToOne(() => Level, { nullable: false })
  @JoinColumn({ name: 'level' })
  ofLevel!: Level;

  @Column('text')
  cause!: LevelCause;

  @Column('uuid')
  by!: string;

  @Column('text')
  reason!: string;

  @Column('timestamptz', { default: () => 'now()' })
  at!: Date;
}
