import { Injectable } from '@nestjs/common';
import { query } from '@peyk/database';
import { DataSource } from 'typeorm';

/** How receipts of a link are read (its columns of these names); at most so old. */
export interface ReceiptRules {
  readonly oneForAll: boolean;
  readonly lastWins: boolean;
  readonly waitSeconds: number;
}

const plainRules: ReceiptRules = { oneForAll: false, lastWins: false, waitSeconds: 0 };
const rulesCacheMs = 2_000;

/** The rules of all links, a moment old at most. */
@Injectable()
export class ReceiptRulesCache {
  private rules: ReadonlyMap<string, ReceiptRules> = new Map();
  private rulesUntilMs = 0;

  constructor(private readonly dataSource: DataSource) {}

  async refreshRules(): Promise<void> {
    if (Date.now() < this.rulesUntilMs) return;
    const links = await query<{ id: string; one: boolean; last: boolean; wait: number }>(
      this.dataSource,
      `SELECT id, receipt_rule = 'one_for_all' AS one, receipt_wins = 'last' AS last, receipt_final_wait_seconds AS wait FROM links`,
    );
    this.rules = new Map(
      links.map(({ id, one, last, wait }) => [id, { oneForAll: one, lastWins: last, waitSeconds: wait }]),
    );
    this.rulesUntilMs = Date.now() + rulesCacheMs;
  }

  rulesOf(linkId: string): ReceiptRules {
    return this.rules.get(linkId) ?? plainRules;
  }
}
