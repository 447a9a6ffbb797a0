import type { BankCode, BankDifferenceDto, StateSumDto } from '@peyk/contracts/billing';
import { Column, Entity, PrimaryColumn } from 'typeorm';

/** Top-ups of one day beside what the bank says of them; made again, it takes the place of the one before. */
@Entity('bank_reports')
export class BankReport {
  @PrimaryColumn('text')
  bank!: BankCode;

  /** Of Tehran, Gregorian. */
  @PrimaryColumn('date')
  day!: string;

  @Column('timestamptz')
  madeAt!: Date;

  @Column('jsonb')
  states!: StateSumDto[];

  @Column('int')
  compared!: number;

  @Column('int')
  unanswered!: number;

  @Column('int')
  differenceCount!: number;

  @Column('jsonb')
  differences!: BankDifferenceDto[];
}
