import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What is known here of a customer's account, from identity's events; an account without a row is not disabled. */
@Entity('customers')
export class Customer {
  /** Account id. */
  @PrimaryColumn('uuid')
  id!: string;

  /** Nothing of it is sent. */
  @Column('boolean')
  disabled!: boolean;

  /** Permission stamp of the event that this is from; an older event changes nothing. */
  @Column('int')
  stamp!: number;
}
