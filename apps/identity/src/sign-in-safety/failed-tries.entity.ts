import { Column, Entity, Index, PrimaryColumn } from 'typeorm';

/** Sign-in tries on one username since the last that succeeded. */
@Entity('failed_tries')
@Index(['lastTryAt'])
export class FailedTries {
  /**
   * HMAC of the normalised username, whether or not an account has it: the throttle then tells nobody which ones exist,
   * and a password typed into the wrong field is not kept.
   */
  @PrimaryColumn('bytea')
  usernameKey!: Buffer;

  @Column('int')
  failures!: number;

  @Column('timestamptz')
  lastTryAt!: Date;

  /** No try is looked at before; `-infinity` while none has to wait. */
  @Column('timestamptz')
  blockedUntil!: Date;
}
