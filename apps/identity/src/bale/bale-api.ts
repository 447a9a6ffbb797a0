import { Injectable } from '@nestjs/common';
import { post } from '../channels/http';
import { IdentityConfig } from '../config';

/** As much of an update as the bot looks at. Bale's bot API has Telegram's shapes (docs.bale.ai). */
export interface BaleUpdate {
  readonly id: number;
  /** Absent: nothing that a person said in a private chat. */
  readonly message?: {
    readonly chatId: string;
    readonly senderId: string;
    readonly text: string;
    /** A contact card that was shared; `ownerId` is whose it is, as Bale says. */
    readonly contact?: { readonly phone: string; readonly ownerId: string | undefined };
  };
}

export type BaleKeyboard = 'none' | 'ask_contact' | 'remove';

const updatesMax = 100;
const graceMs = 10_000;

/** What Bale refused; its text is not ours to show. */
export class BaleError extends Error {
  constructor(
    method: string,
    readonly status: number,
    readonly retryAfterSeconds: number,
  ) {
    super(`Bale refused ${method}: ${status}`);
    this.name = 'BaleError';
  }
}

/** Our bot at Bale. The token stands in each address, so no address is ever logged. */
@Injectable()
export class BaleApi {
  constructor(private readonly config: IdentityConfig) {}

  /** False: no token, so there is no bot. */
  get isConfigured(): boolean {
    return this.config.baleBotToken !== undefined;
  }

  /** The public part of the token: tells one bot from another. */
  get botId(): string {
    return this.config.baleBotToken?.split(':', 1)[0] ?? '';
  }

  /**
   * Waits at most `seconds` for updates from `offset` on; those before are forgotten there.
   * @throws BaleError, or fetch's own error when nothing answers
   */
  async updates(offset: number, seconds: number, signal: AbortSignal): Promise<BaleUpdate[]> {
    const result = await this.call(
      'getUpdates',
      { offset, limit: updatesMax, timeout: seconds },
      { signal, timeoutMs: seconds * 1_000 + graceMs },
    );
    return Array.isArray(result) ? result.flatMap(updateOf) : [];
  }

  /** @returns `notThere`: the chat is gone, or the person stopped the bot */
  async send(chatId: string, text: string, keyboard: BaleKeyboard = 'none'): Promise<'sent' | 'notThere'> {
    const reply_markup =
      keyboard === 'ask_contact'
        ? {
            keyboard: [[{ text: 'ارسال شماره‌ی من', request_contact: true }]],
            resize_keyboard: true,
            one_time_keyboard: true,
          }
        : keyboard === 'remove'
          ? { remove_keyboard: true }
          : undefined;
    try {
      await this.call('sendMessage', {
        chat_id: Number(chatId),
        text,
        ...(reply_markup && { reply_markup }),
      });
      return 'sent';
    } catch (error) {
      if (error instanceof BaleError && [400, 403, 404].includes(error.status)) return 'notThere';
      throw error;
    }
  }

  private async call(
    method: string,
    body: object,
    options: { readonly signal?: AbortSignal; readonly timeoutMs?: number } = {},
  ): Promise<unknown> {
    const url = `${this.config.baleApiUrl}/bot${this.config.baleBotToken ?? ''}/${method}`;
    const answer = await post(url, body, options);
    if (answer.status === 200 && answer.body['ok'] === true) return answer.body['result'];
    // A refusal may come under HTTP 200 too.
    const { error_code: code, parameters } = answer.body;
    const retryAfter = objectOf(parameters)['retry_after'];
    throw new BaleError(
      method,
      typeof code === 'number' ? code : answer.status,
      typeof retryAfter === 'number' ? retryAfter : 0,
    );
  }
}

function objectOf(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}

function idOf(value: unknown): string | undefined {
  return typeof value === 'number' && Number.isSafeInteger(value) ? String(value) : undefined;
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

/** Empty for what has no id; an update that is none of ours keeps its id, so that it is passed over. */
function updateOf(value: unknown): BaleUpdate[] {
  const { update_id: id, message: raw } = objectOf(value);
  if (typeof id !== 'number' || !Number.isSafeInteger(id)) return [];
  const message = objectOf(raw);
  const chat = objectOf(message['chat']);
  const chatId = idOf(chat['id']);
  const senderId = idOf(objectOf(message['from'])['id']);
  if (chatId === undefined || senderId === undefined || chat['type'] !== 'private') return [{ id }];
  const contact = message['contact'] === undefined ? undefined : objectOf(message['contact']);
  return [
    {
      id,
      message: {
        chatId,
        senderId,
        text: textOf(message['text']),
        ...(contact && {
          contact: { phone: textOf(contact['phone_number']), ownerId: idOf(contact['user_id']) },
        }),
      },
    },
  ];
}
