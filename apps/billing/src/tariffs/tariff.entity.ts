import type { Language, LineClass, Operator } from '@peyk/contracts';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** Price of one part from a moment on, until a row with a later `validFrom` takes over. */
@Entity('tariffs')
@Check('tariffs_rials_per_part_check', 'rials_per_part >= 0')
export class Tariff {
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
