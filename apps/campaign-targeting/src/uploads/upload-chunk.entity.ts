import { Column, Entity, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import { List } from '../lists/list.entity';

/** Bytes of a file that has not been read yet: any replica can read it, also after a crash. */
@Entity('upload_chunks')
export class UploadChunk {
  @PrimaryColumn('uuid')
  listId!: string;

  /** From 0. */
  @PrimaryColumn('int')
  no!: number;

  @Column('bytea')
  bytes!: Buffer;

  @ManyToOne(() => List, { onDelete: 'CASCADE' })
  @JoinColumn({ name: 'list_id' })
  list!: List;
}
