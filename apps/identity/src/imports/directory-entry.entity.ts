import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { DirectoryKind } from './import-kinds';

/** What was last said of a district, school or term: only what is different is said again. */
@Entity('directory_entries')
export class DirectoryEntry {
  @PrimaryColumn('text')
  kind!: DirectoryKind;

  @PrimaryColumn('text')
  code!: string;

  /** Payload of the event, without the code. */
  @Column('jsonb')
  said!: Readonly<Record<string, string>>;

  @Column('timestamptz', { default: () => 'now()' })
  updatedAt!: Date;
}
