import { Check, Column, Entity, Index, PrimaryColumn } from 'typeorm';

/**
 * What is known here of an account that has, or had, a wallet: from identity's events, but for the level. An account
 * without a row is a direct customer of the platform.
 */
@Entity('customers')
@Index(['resellerId', 'customerId'])
@Index(['referrerId', 'customerId'])
@Check('customers_self_check', 'reseller_id <> customer_id AND referrer_id <> customer_id')
export class Customer {
  /** Account id. */
  @PrimaryColumn('uuid')
  customerId!: string;

  @Column('text')
  name!: string;

  /** Reseller that it belongs to; null: to the platform itself. */
  @Column('uuid', { nullable: true })
  resellerId!: string | null;

  /** Account that introduced it (IDN-217); said once, when the account was made. */
  @Column('uuid', { nullable: true })
  referrerId!: string | null;

  /** Level of the tariff that it pays (BIL-205). */
  @Column('text', { default: 'standard' })
  level!: string;

  @Column('boolean')
  disabled!: boolean;

  /** Permission stamp, and id (UUIDv7), of the event that this is from; an older event changes nothing. */
  @Column('int')
  stamp!: number;

  @Column('uuid')
  eventId!: string;

  @Column('timestamptz', { default: () => 'now()' })
  createdAt!: Date;
}
