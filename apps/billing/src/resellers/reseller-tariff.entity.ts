import type { Language, LineClass, Operator } from '@peyk/contracts';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** What a reseller's users pay for one part from a moment on, until a row with a later `validFrom` takes over (BIL-009). */
@Entity('reseller_tariffs')
@Check('reseller_tariffs_rials_per_part_check', 'rials_per_part > 0')
export class ResellerTariff {
  @PrimaryColumn('uuid')
  resellerId!: string;

  @PrimaryColumn('text')
  lineClass!: LineClass;

  @PrimaryColumn('text')
  language!: Language;

  @PrimaryColumn('text')
  operator!: Operator;

  @PrimaryColumn('timestamptz')
  validFrom!: Date;

  @Column('bigint')
  rialsPerPart!: number;
}
