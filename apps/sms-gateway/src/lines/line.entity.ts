import type { LineClass, RefundPolicy } from '@peyk/contracts';
import type { LineDto } from '@peyk/contracts/sms';
import { Check, Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn, Unique } from 'typeorm';
import type { Relation } from 'typeorm';
import { Link } from '../links/link.entity';

@Entity('lines')
@Unique(['number'])
// One form of the number for comparing with what operators write: an expression, made by a migration.
@Index('lines_key', { synchronize: false })
export class Line {
  @PrimaryColumn('uuid')
  id!: string;

  @Index()
  @Column('uuid')
  customerId!: string;

  @Column('uuid')
  linkId!: string;

  @ManyToOne(() => Link, { nullable: false })
  @JoinColumn({ name: 'link_id' })
  link?: Relation<Link>;

  @Column('text')
  number!: string;

  @Column('text')
  lineClass!: LineClass;

  /** Asia/Tehran; 0 and 24: no limit. */
  @Column('int', { default: 0 })
  hoursFrom!: number;

  @Column('int', { default: 24 })
  hoursTo!: number;

  @Column('boolean', { name: 'is_66_char', default: false })
  is66Char!: boolean;

  @Column('text', { default: 'submitted' })
  refundPolicy!: RefundPolicy;

  @Column('boolean', { default: true })
  active!: boolean;

  /** Set: out of use. It stays for what it sent and received; its number may come back as another's. */
  @Column('timestamptz', { nullable: true })
  retiredAt!: Date | null;

  /** Customers without a line of their own send with it too; what is received belongs to its owner alone. */
  @Column('boolean', { default: false })
  shared!: boolean;

  /** Answer to received messages that nothing else answers; null: none (SMS-020). */
  @Column('text', { nullable: true })
  secretaryText!: string | null;

  get hasHours(): boolean {
    return this.hoursTo - this.hoursFrom !== 24;
  }

  toDto(): LineDto {
    return {
      id: this.id,
      number: this.number,
      lineClass: this.lineClass,
      hoursFrom: this.hoursFrom,
      hoursTo: this.hoursTo,
      is66Char: this.is66Char,
      refundPolicy: this.refundPolicy,
      active: this.active,
      secretaryText: this.secretaryText,
      ...(this.shared && { shared: true }),
    };
  }
}

/** A line that waits for a new customer; it is none of the lines until somebody has it. */
@Entity('line_pool')
@Unique(['number'])
export class PooledLine {
  @PrimaryColumn('uuid')
  id!: string;

  @Column('uuid')
  linkId!: string;

  @ManyToOne(() => Link, { nullable: false })
  @JoinColumn({ name: 'link_id' })
  link?: Relation<Link>;

  @Column('text')
  number!: string;

  @Column('text')
  lineClass!: LineClass;

  /** As of `Line`. */
  @Column('int', { default: 0 })
  hoursFrom!: number;

  @Column('int', { default: 24 })
  hoursTo!: number;

  @Column('text', { default: 'submitted' })
  refundPolicy!: RefundPolicy;
}

/** What holds for all lines of a class. */
@Entity('line_classes')
@Check('line_classes_words_check', 'cardinality(opt_out_words) <= 50')
export class LineClassTerms {
  @PrimaryColumn('text')
  lineClass!: LineClass;

  /** Received texts that are nothing but one of these opt out, after folding (`isOptOut`); none: nobody can. */
  @Column('text', { array: true })
  optOutWords!: string[];
}
