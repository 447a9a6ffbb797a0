import { createDataSource } from '@peyk/database';
import {
  Column,
  CreateDateColumn,
  Entity,
  Index,
  JoinColumn,
  ManyToOne,
  PrimaryColumn,
  Unique,
  type DataSource,
  type MigrationInterface,
  type QueryRunner,
} from 'typeorm';

@Entity('wallets')
export class Wallet {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('bigint', { default: 0 })
  balanceRials!: number;
  @Column('bigint', { array: true, nullable: true })
  history!: number[] | null;
}

@Entity('messages')
@Unique(['id', 'part'])
@Index(['state', 'sentAt'])
export class Message {
  @PrimaryColumn('uuid')
  id!: string;
  @Column('smallint')
  part!: number;
  @ManyToOne(() => Wallet)
  @JoinColumn()
  wallet!: Wallet;
  @Column('text', { nullable: true })
  state!: string | null;
  @Column('timestamptz', { nullable: true })
  sentAt!: Date | null;
  @CreateDateColumn({ type: 'timestamptz' })
  createdAt!: Date;
}

// Plain SQL and no names: what PostgreSQL names by itself has to equal what the entities expect.
export class Start1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE wallets (id uuid PRIMARY KEY, balance_rials bigint NOT NULL DEFAULT 0, history bigint[])`);
    await runner.query(`
      CREATE TABLE messages (
        id uuid PRIMARY KEY, part smallint NOT NULL, wallet_id uuid REFERENCES wallets (id),
        sent_at timestamptz, created_at timestamptz NOT NULL DEFAULT now(), UNIQUE (id, part)
      ) PARTITION BY RANGE (id)`);
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE messages, wallets');
  }
}

export class State1700000000001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages ADD state text');
    await runner.query('CREATE INDEX ON messages (state, sent_at)');
    // Longer than the statement timeout of a test below.
    await runner.query('SELECT pg_sleep(0.05)');
  }
  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE messages DROP state');
  }
}

export function fixtureSource(url: string, poolMax = 5): DataSource {
  return createDataSource({
    url,
    entities: [Wallet, Message],
    migrations: [State1700000000001, Start1700000000000],
    poolMax,
    applicationName: 'peyk-spec',
  });
}
