import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { execute, query } from '@peyk/database';
import { MESSAGING } from '@peyk/messaging';
import type { MessagingRuntime } from '@peyk/messaging';
import { Scheduled } from '@peyk/platform';
import { DataSource } from 'typeorm';
import { secretaryKey } from '../inbox/secretary.service';
import { Round } from '../loops/round';
import { SendsService } from '../sends/sends.service';

const answersAStep = 50;

interface DueAnswerRow {
  readonly line_id: string;
  readonly msisdn: number;
  readonly inbox_id: string;
  readonly customer_id: string;
  readonly text: string | null;
}

/** Sends what the secretary of a line answers (SMS-020). Which messages are answered is noted when they come in. */
@Injectable()
export class SecretaryAnswers {
  private readonly answering: Round;

  constructor(
    private readonly dataSource: DataSource,
    private readonly sends: SendsService,
    @Inject(MESSAGING) private readonly messaging: MessagingRuntime,
  ) {
    this.answering = new Round('secretary', messaging.logger);
  }

  /** Hands due answers over as sends, in the lane of replies; once each, under the message's id. */
  @Scheduled({
    name: 'answers of secretaries',
    does: 'Sends the answer of a line to those who wrote to it.',
    everyMs: 1_000,
    runsIn: 'one replica',
  })
  async sendDueAnswers(): Promise<void> {
    const due = await query<DueAnswerRow>(
      this.dataSource,
      `SELECT a.line_id, a.msisdn, a.inbox_id, l.customer_id, l.secretary_text AS text
       FROM secretary_answers a JOIN lines l ON l.id = a.line_id
       WHERE a.due AND a.inbox_id <> ALL($1) ORDER BY a.answered_at LIMIT ${answersAStep}`,
      [this.answering.resting],
    );
    await this.answering.each(
      due,
      ({ inbox_id }) => inbox_id,
      (answer) => this.send(answer),
    );
  }

  private async send(answer: DueAnswerRow): Promise<void> {
    try {
      if (answer.text !== null) {
        await this.sends.create(answer.customer_id, {
          lineId: answer.line_id,
          text: answer.text,
          recipients: { numbers: [String(answer.msisdn)] },
          idempotencyKey: secretaryKey(answer.inbox_id),
          lane: 'otp',
        });
      }
    } catch (error) {
      // What may pass is tried again; a refusal (no credit, line off) is final for this message.
      if (!(error instanceof DomainError) || error.kind === 'unavailable' || error.kind === 'internal')
        throw error;
      this.messaging.logger.info(
        { lineId: answer.line_id, code: error.code },
        'the secretary could not answer',
      );
    }
    await execute(
      this.dataSource,
      'UPDATE secretary_answers SET due = false WHERE line_id = $1 AND msisdn = $2 AND inbox_id = $3',
      [answer.line_id, answer.msisdn, answer.inbox_id],
    );
  }
}
