import { randomBytes } from 'node:crypto';
import { InvalidInput } from '../operator/settings';

/** Updates are kept so long (docs.bale.ai). */
const KEEP_UPDATES_MS = 24 * 3_600_000;
const MESSAGES_MAX = 10_000;
const PEOPLE_MAX = 100_000;
const TOKEN_SECONDS = 43_200;

export interface BaleSettings {
  /** Of the bot, as Bale gives it: `<id>:<secret>`. */
  botToken: string;
  /** Account at Safir. */
  clientId: string;
  clientSecret: string;
  /** Codes that Safir still sends; each takes one. */
  credit: number;
}

export const FAULTS = ['drop', 'slow', 'tooMany', 'notOk', 'tokenEnds'] as const;
/**
 * `drop`: the connection closes without an answer; `slow`: the answer comes `ms` later; `tooMany`: 429; `notOk`: a refusal
 * under HTTP 200 (bot) or 500 (Safir); `tokenEnds`: Safir forgets the tokens it gave.
 */
export type FaultKind = (typeof FAULTS)[number];
export interface Fault {
  kind: FaultKind;
  api: 'bot' | 'safir';
  /** Requests that it still meets; null: all. */
  count: number | null;
  ms: number;
}

export interface Person {
  /** `98...` */
  mobile: string;
  userId: number;
  name: string;
}

export interface SentMessage {
  at: string;
  mobile: string;
  text: string;
  replyMarkup: unknown;
}

export interface SentCode {
  at: string;
  mobile: string;
  code: string;
}

interface Update {
  update_id: number;
  message: object;
  atMs: number;
}

/** Bale as our programs see it: people, their chats with one bot, and the service that sends codes by the mobile. */
export class Bale {
  readonly messages: SentMessage[] = [];
  readonly codes: SentCode[] = [];
  faults: Fault[] = [];
  private readonly people = new Map<string, Person>();
  /** Who opened the bot: only these can be written to. */
  private readonly chats = new Map<number, Person>();
  private readonly tokens = new Map<string, number>();
  private updates: Update[] = [];
  private waiting: (() => void)[] = [];
  private nextUpdateId = 1;
  private nextUserId = 500_001;

  constructor(readonly settings: BaleSettings) {}

  // People

  /** Puts somebody on Bale. */
  join(mobile: string, name = 'کاربر بله'): Person {
    const known = this.people.get(mobile);
    if (known) return known;
    if (this.people.size >= PEOPLE_MAX) throw new InvalidInput('too many people');
    const person = { mobile, name, userId: this.nextUserId++ };
    this.people.set(mobile, person);
    return person;
  }

  person(mobile: string): Person {
    const person = this.people.get(mobile);
    if (!person) throw new InvalidInput(`${mobile} is not on Bale`);
    return person;
  }

  /** Opens the bot, by a link when there is a parameter. */
  start(mobile: string, parameter: string | undefined): void {
    const person = this.person(mobile);
    this.chats.set(person.userId, person);
    this.say(mobile, parameter === undefined ? '/start' : `/start ${parameter}`);
  }

  say(mobile: string, text: string): void {
    this.push(this.person(mobile), { text });
  }

  /** Shares a contact card: the own one, or somebody else's out of the phone. */
  shareContact(mobile: string, of: string): void {
    const owner = this.people.get(of);
    this.push(this.person(mobile), {
      contact: {
        phone_number: of,
        first_name: owner?.name ?? 'مخاطب',
        ...(owner && { user_id: owner.userId }),
      },
    });
  }

  /** Stops the bot: it can no longer write to this person. */
  block(mobile: string): void {
    this.chats.delete(this.person(mobile).userId);
  }

  reset(): void {
    this.people.clear();
    this.chats.clear();
    this.updates = [];
    this.messages.length = 0;
    this.codes.length = 0;
    this.faults = [];
  }

  /** The fault that meets a request now, if any; counted. */
  meet(api: Fault['api']): Fault | undefined {
    const fault = this.faults.find((candidate) => candidate.api === api);
    if (!fault) return undefined;
    if (fault.count !== null) fault.count -= 1;
    if (fault.count === 0) this.faults = this.faults.filter((candidate) => candidate !== fault);
    if (fault.kind !== 'tokenEnds') return fault;
    this.tokens.clear();
    return undefined;
  }

  // Bot

  /** Waits up to `seconds` for updates from `offset` on; those before are forgotten. */
  async getUpdates(offset: number, limit: number, seconds: number): Promise<object[]> {
    const since = Date.now() - KEEP_UPDATES_MS;
    this.updates = this.updates.filter(({ update_id: id, atMs }) => id >= offset && atMs >= since);
    if (this.updates.length === 0 && seconds > 0) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, seconds * 1_000);
        this.waiting.push(() => {
          clearTimeout(timer);
          resolve();
        });
      });
    }
    return this.updates
      .filter(({ update_id: id }) => id >= offset)
      .slice(0, limit)
      .map(({ update_id, message }) => ({ update_id, message }));
  }

  /** False: this chat was never opened, or the person stopped the bot. */
  sendMessage(chatId: number, text: string, replyMarkup: unknown): boolean {
    const person = this.chats.get(chatId);
    if (!person) return false;
    keep(this.messages, { at: new Date().toISOString(), mobile: person.mobile, text, replyMarkup });
    return true;
  }

  /** Lets everybody go who waits for updates. */
  release(): void {
    const waiting = this.waiting;
    this.waiting = [];
    for (const go of waiting) go();
  }

  // Safir

  giveToken(): { access_token: string; expires_in: number; scope: string; token_type: string } {
    const token = randomBytes(24).toString('base64url');
    this.tokens.set(token, Date.now() + TOKEN_SECONDS * 1_000);
    return { access_token: token, expires_in: TOKEN_SECONDS, scope: 'read', token_type: 'bearer' };
  }

  knows(token: string): boolean {
    return (this.tokens.get(token) ?? 0) > Date.now();
  }

  /** HTTP status and body as Safir's OTP service v2 answers. */
  sendOtp(phone: unknown, otp: unknown): { status: number; body: object } {
    const mobile = String(phone);
    const code = String(otp);
    if (!/^989\d{9}$/.test(mobile)) return { status: 400, body: { code: 8, message: 'invalid phone' } };
    if (!/^\d{3,8}$/.test(code)) return { status: 400, body: { code: 8, message: 'invalid otp' } };
    if (!this.people.has(mobile)) return { status: 404, body: { code: 17, message: 'user not found' } };
    if (this.settings.credit <= 0) return { status: 402, body: { code: 20, message: 'payment required' } };
    this.settings.credit -= 1;
    keep(this.codes, { at: new Date().toISOString(), mobile, code });
    return { status: 200, body: { balance: this.settings.credit } };
  }

  private push(from: Person, content: object): void {
    const atMs = Date.now();
    const update_id = this.nextUpdateId++;
    const message = {
      message_id: update_id,
      from: { id: from.userId, is_bot: false, first_name: from.name },
      chat: { id: from.userId, type: 'private', first_name: from.name },
      date: Math.floor(atMs / 1_000),
      ...content,
    };
    this.updates.push({ update_id, message, atMs });
    this.updates.splice(0, this.updates.length - MESSAGES_MAX);
    this.release();
  }
}

function keep<T>(list: T[], item: T): void {
  list.push(item);
  if (list.length > MESSAGES_MAX) list.shift();
}
