import { Injectable } from '@nestjs/common';
import type { ActivityDto, ActivityFiguresDto } from '@peyk/contracts/sms';
import { query } from '@peyk/database';
import { addTehranDays, startOfTehranDay, tehranHour } from '@peyk/persian';
import { DataSource } from 'typeorm';
import { activitySums } from './activity.entity';

const defaultDays = 30;
const nothing: ActivityFiguresDto = {
  sends: 0,
  messages: 0,
  sent: 0,
  parts: 0,
  delivered: 0,
  undelivered: 0,
  failed: 0,
  received: 0,
  chargedRials: 0,
  refundedRials: 0,
};

@Injectable()
export class ActivityService {
  constructor(private readonly dataSource: DataSource) {}

  /** WEB-024. At most 24 rows a customer and day are read. @param customerId null: everybody's */
  async read(customerId: string | null, days = defaultDays, now = new Date()): Promise<ActivityDto> {
    const today = startOfTehranDay(now);
    const [byDay, byHour] = await Promise.all([
      this.sums(customerId, 'day', addTehranDays(today, 1 - days)),
      this.sums(customerId, 'hour', today),
    ]);
    const rows = Array.from({ length: days }, (_, index) => {
      const startsAt = addTehranDays(today, 1 - days + index);
      return { startsAt: startsAt.toISOString(), ...(byDay.get(startsAt.getTime()) ?? nothing) };
    });
    const hours = new Map([...byHour].map(([at, figures]) => [tehranHour(new Date(at)), figures]));
    return {
      days: rows,
      today: rows.at(-1) ?? { startsAt: today.toISOString(), ...nothing },
      hours: Array.from({ length: 24 }, (_, hour) => ({ hour, ...(hours.get(hour) ?? nothing) })),
    };
  }

  /** By the beginning (ms) of the stretch. */
  private async sums(
    customerId: string | null,
    stretch: 'day' | 'hour',
    since: Date,
  ): Promise<Map<number, ActivityFiguresDto>> {
    const rows = await query<ActivityFiguresDto & { at: Date }>(
      this.dataSource,
      `SELECT date_trunc('${stretch}', hour, 'Asia/Tehran') AS at, ${activitySums} FROM activity
       WHERE hour >= $1 ${customerId === null ? '' : 'AND customer_id = $2'} GROUP BY 1`,
      customerId === null ? [since] : [since, customerId],
    );
    return new Map(rows.map(({ at, ...figures }) => [at.getTime(), figures]));
  }
}
