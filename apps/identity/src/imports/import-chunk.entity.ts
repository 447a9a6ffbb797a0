import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Import } from './import.entity';

/** A piece of the file until the import has ended. Sealed: it is full of national codes (IDN-212). */
@Entity('import_chunks')
export class ImportChunk {
  @PrimaryColumn('uuid')
  importId!: string;

  /** From 0. */
  @PrimaryColumn('int')
  no!: number;

  @Column('bytea')
  sealed!: Buffer;

  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import!: Import;
}
