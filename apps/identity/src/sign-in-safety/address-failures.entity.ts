import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Failed sign-ins from one network address over all usernames: a bucket that leaks. */
@Entity('address_failures')
@Index(['at'])
export class AddressFailures {
  /** HMAC of the address; of IPv6 its /64. */
  @PrimaryColumn('bytea')
  addressKey!: Buffer;

  /** Failures that have not leaked away by `at`. */
  @Column('double precision')
  level!: number;

  @Column('timestamptz')
  at!: Date;

  @Column('timestamptz')
  blockedUntil!: Date;
}
