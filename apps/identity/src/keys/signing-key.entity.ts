import { Column, Entity, PrimaryColumn } from 'typeorm';

/** An ES256 key pair of access tokens. */
@Entity('signing_keys')
export class SigningKey {
  /** Stands in the header of each token that it signed. */
  @PrimaryColumn('text')
  kid!: string;

  /** SPKI PEM. */
  @Column('text')
  publicKey!: string;

  /** PKCS 8 DER, sealed under SEAL_KEYS. */
  @Column('bytea')
  privateKey!: Buffer;

  /** Signs from then on; in the future: published already, so that verifiers know it in time. */
  @Column('timestamptz')
  activeFrom!: Date;

  /** Signs no more since then; still verifies until the last token that it signed has ended. */
  @Column('timestamptz', { nullable: true })
  retiredAt!: Date | null;
}
