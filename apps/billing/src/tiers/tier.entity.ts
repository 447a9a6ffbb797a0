import { Check, Column, Entity, Exclusion, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';

/** A whole tier table, valid from a moment until one with a later `validFrom` takes over (BIL-206). */
@Entity('gift_tier_sets')
export class GiftTierSet {
  @PrimaryColumn({ type: 'int', generated: 'identity', generatedIdentity: 'ALWAYS' })
  no!: number;

  /** Chosen by the one who added it. */
  @Column('uuid', { unique: true })
  id!: string;

  @Column('timestamptz', { unique: true })
  validFrom!: Date;

  /** Account; null: the platform itself. */
  @Column('uuid', { nullable: true })
  addedBy!: string | null;
}

/** Top-ups from `fromRials` up to, but not with, `toRials` (null: without end). */
@Entity('gift_tiers')
@Check('gift_tiers_rials_check', 'from_rials > 0 AND to_rials > from_rials AND discount_rials > 0')
@Exclusion(
  'gift_tiers_overlap_excl',
  `USING gist (int4range(set_no, set_no, '[]') WITH &&, int8range(from_rials, to_rials) WITH &&)`,
)
export class GiftTier {
  @PrimaryColumn('int')
  setNo!: number;

  @ManyToOne(() => GiftTierSet, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'set_no' })
  set!: GiftTierSet;

  @PrimaryColumn('bigint')
  fromRials!: number;

  @Column('bigint', { nullable: true })
  toRials!: number | null;

  @Column('bigint')
  discountRials!: number;
}
