import { Inject, Injectable } from '@nestjs/common';
import { nextTehranOpening } from '@peyk/persian';
import { SMS_CONFIG } from '../config';
import type { SmsGatewayConfig } from '../config';
import type { Line } from '../lines/line.entity';
import { SendReads } from './send-reads';
import type { Send } from './send.entity';

/** Whether a send is too late to begin. */
@Injectable()
export class SendLateness {
  constructor(
    private readonly reads: SendReads,
    @Inject(SMS_CONFIG) private readonly config: Pick<SmsGatewayConfig, 'lateMinutes'>,
  ) {}

  async isLate(send: Send, now: Date): Promise<boolean> {
    return isLate(send, await this.reads.lineOf(send), this.config.lateMinutes, now);
  }
}

/**
 * Whether a send would begin now more than `minutes` after it would have: hours in which its line does not send count
 * neither way. One for 23:00 on a line that opens at 8:00 is not late at 7:00; one for 20:30 that is placed at 21:15,
 * when the line has closed, is.
 */
function isLate(
  send: Pick<Send, 'sendAt' | 'createdAt'>,
  line: Pick<Line, 'hasHours' | 'hoursFrom' | 'hoursTo'>,
  minutes: number,
  now: Date,
): boolean {
  const begin = (from: Date): number =>
    (line.hasHours ? nextTehranOpening(from, { from: line.hoursFrom, to: line.hoursTo }) : from).getTime();
  return begin(now) - begin(send.sendAt ?? send.createdAt) > minutes * 60_000;
}
