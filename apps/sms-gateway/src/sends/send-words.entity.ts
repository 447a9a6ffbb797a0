import { Column, Entity, Index, JoinColumn, ManyToOne, PrimaryColumn } from 'typeorm';
import type { Relation } from 'typeorm';
import { Send } from './send.entity';

/** Words by which a send is found (`WordIndex`). */
@Entity('send_words')
@Index(['customerId', 'id'])
// Made by its migration.
@Index('send_words_words_idx', { synchronize: false })
export class SendWords {
  @PrimaryColumn('uuid')
  id!: string;

  @ManyToOne(() => Send, { nullable: false, onDelete: 'CASCADE' })
  @JoinColumn({ name: 'id' })
  send?: Relation<Send>;

  @Column('uuid')
  customerId!: string;

  @Column('tsvector')
  words!: string;
}

/** How far an index of words is complete: nothing older than `upto` is missing. */
@Entity('word_marks')
export class WordMark {
  @PrimaryColumn('text')
  name!: string;

  @Column('uuid')
  upto!: string;
}
