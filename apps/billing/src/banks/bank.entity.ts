import { bankCodes } from '@peyk/contracts/billing';
import type { BankCode } from '@peyk/contracts/billing';
import { Check, Column, Entity, PrimaryColumn } from 'typeorm';

/** A payment gateway that administrators turn on and off; where it is and our account there are settings. */
@Entity('banks')
@Check('banks_code_check', `code IN (${bankCodes.map((code) => `'${code}'`).join(', ')})`)
export class BankRow {
  @PrimaryColumn('text')
  code!: BankCode;

  @Column('text')
  title!: string;

  /** Order of the list. */
  @Column('int')
  place!: number;

  @Column('boolean', { default: true })
  enabled!: boolean;

  /** Who turned it on or off last. */
  @Column('uuid', { nullable: true })
  switchedBy!: string | null;

  @Column('timestamptz', { nullable: true })
  switchedAt!: Date | null;
}
