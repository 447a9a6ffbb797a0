import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** When codes for signing up were asked for from an address: whoever sends SMS to strangers shall not do it through us. */
@Entity('sign_up_addresses')
@Index(['lastAskedAt'])
export class SignUpAddress {
  /** IPv4 address, or /64 of IPv6. */
  @PrimaryColumn('text')
  address!: string;

  @Column('timestamptz')
  lastAskedAt!: Date;

  /** Those before, newest first. */
  @Column('timestamptz', { array: true })
  askedBefore!: Date[];
}
