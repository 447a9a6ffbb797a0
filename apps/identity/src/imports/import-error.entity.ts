import type { ImportColumn, ImportErrorCode } from '@peyk/contracts/identity';
import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { Import } from './import.entity';

/** A fault of a row. The cell's text is not kept: it may be somebody's national code. */
@Entity('import_errors')
export class ImportErrorRow {
  @PrimaryColumn('uuid')
  importId!: string;

  @PrimaryColumn('int')
  row!: number;

  @PrimaryColumn('text')
  field!: ImportColumn;

  @Column('text')
  code!: ImportErrorCode;

  @Column('int', { nullable: true })
  otherRow!: number | null;

  @ManyToOne(() => Import, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'import_id' })
  import!: Import;
}
