import { Inject, Injectable } from '@nestjs/common';
import { operators } from '@peyk/contracts';
import type { DoubtDto, DoubtsDto, DoubtsQueryDto } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import { maskMsisdn } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import { decodeCursor, encodeCursor } from '../cursor';
import { ownerShown } from '../customers/owner';
import { stateCode } from './message.entity';

const cursorPattern = /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12} \d{1,9}$/;
const nil = '00000000-0000-0000-0000-000000000000';

/** Messages in doubt of all customers. Only sends that have any are looked into, and their doubts keep them open. */
@Injectable()
export class DoubtsService {
  constructor(
    private readonly dataSource: DataSource,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'siteAccountId'>,
  ) {}

  async list(filter: DoubtsQueryDto): Promise<DoubtsDto> {
    const limit = filter.limit ?? 50;
    const [sendId = nil, seq = '0'] = decodeCursor(filter.cursor, cursorPattern)?.split(' ') ?? [];
    const open = `s.in_doubt > 0 AND s.state NOT IN ('finished', 'cancelled', 'refused')
      AND ($1::uuid IS NULL OR s.link_id = $1) AND ($2::uuid IS NULL OR s.id = $2)`;
    const which = [filter.linkId ?? null, filter.sendId ?? null];
    const [rows, [count]] = await Promise.all([
      query<
        Pick<DoubtDto, 'sendId' | 'position' | 'parts' | 'linkId' | 'link'> & {
          customerId: string;
          msisdn: number;
          operator: number;
          since: Date | null;
        }
      >(
        this.dataSource,
        `SELECT s.id AS "sendId", m.seq AS position, s.customer_id AS "customerId", m.msisdn, m.operator, m.parts,
           l.id AS "linkId", l.name AS link,
           (SELECT max(b.assigned_at) FROM batches b
            WHERE b.send_id = s.id AND m.seq >= b.first_seq AND m.seq < b.first_seq + b.count) AS since
         FROM sends s JOIN links l ON l.id = s.link_id JOIN messages m ON m.send_id = s.id
         WHERE ${open} AND m.state = $3 AND s.id >= $4 AND (s.id > $4 OR m.seq > $5)
         ORDER BY s.id, m.seq LIMIT $6`,
        [...which, stateCode('in_doubt'), sendId, Number(seq), limit + 1],
      ),
      query<{ total: number }>(
        this.dataSource,
        `SELECT coalesce(sum(s.in_doubt), 0)::int AS total FROM sends s WHERE ${open}`,
        which,
      ),
    ]);
    const page = rows.slice(0, limit);
    const last = page.at(-1);
    return {
      doubts: page.map((row) => ({
        ...row,
        customerId: ownerShown(row.customerId, this.config),
        msisdn: maskMsisdn(String(row.msisdn)),
        operator: operators[row.operator] ?? 'other',
        since: row.since?.toISOString() ?? null,
      })),
      total: count?.total ?? 0,
      ...(rows.length > limit && last ? { nextCursor: encodeCursor(`${last.sendId} ${last.position}`) } : {}),
    };
  }
}
