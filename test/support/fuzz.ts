import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { inspect } from 'node:util';
import { demo } from './system';

/**
 * Hostile requests at every route of docs/openapi.json, as nobody and as each kind of person: values from lists of what
 * broke programs before, and at random. No answer may be 5xx, and none may take longer than 30 s.
 */
export interface FuzzOptions {
  /** `http://127.0.0.1:8080`. Its TRUST_PROXY must name 127.0.0.1, so that wrong sign-ins do not lock the fuzz out. */
  readonly origin: string;
  readonly seed: number;
  readonly requests: number;
  /** Ends earlier, after so long (ms). */
  readonly forMs: number;
  readonly atOnce: number;
}

export interface FuzzFinding {
  readonly operation: string;
  readonly status: number | 'no answer';
  readonly times: number;
  /** The first such request, enough to send it again. */
  readonly example: string;
}

export interface FuzzResult {
  readonly sent: number;
  readonly byStatus: Readonly<Record<string, number>>;
  /** Routes that were asked at least once. */
  readonly operations: number;
  readonly ofOperations: number;
  readonly findings: readonly FuzzFinding[];
}

interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly format?: string;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly items?: Schema;
  readonly maxItems?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly pattern?: string;
  readonly examples?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
}
interface Operation {
  readonly name: string;
  readonly method: string;
  readonly path: string;
  readonly parameters: readonly { name: string; in: string; required?: boolean; schema: Schema }[];
  readonly body?: Schema;
  readonly isFile: boolean;
  readonly roles: readonly string[];
}

const timeoutMs = 30_000;
const actors = [
  { role: 'sms_customer', ...demo.customer },
  { role: 'admin', ...demo.admin },
  { role: 'reseller', username: 'reseller', password: 'Demo-1405-pass' },
] as const;

const texts = [
  ...[
    '',
    ' ',
    '\0',
    'a\0b',
    '\ud83d',
    '\ude00\ud83d',
    '\ufeff',
    '\u202e',
    '\u200c',
    'ـ',
    '😀'.repeat(3),
    'a\nb',
    "'",
    '"',
    '\\',
  ],
  ...[
    "' OR 1=1 --",
    '%',
    '_',
    '%s%n',
    '${x}',
    '{{x}}',
    '<script>',
    '../../etc/passwd',
    '=1+1',
    'null',
    'NaN',
    '__proto__',
  ],
  ...[
    '0',
    '-1',
    '1e309',
    '99999999999999999999',
    '0x10',
    '۱۲۳',
    '٠',
    '+98',
    '09121234567',
    'سلام',
    'ﷺ'.repeat(40),
  ],
  ...[
    'İ',
    'ß',
    '\u0130'.repeat(30),
    '\ufdfa'.repeat(90),
    'x'.repeat(201),
    'x'.repeat(5_000),
    'س'.repeat(3_000),
    '()',
    '[',
    '*',
    '(?',
  ],
];
const instants = [
  ...[
    '2027-02-31T10:00:00Z',
    '2026-02-29T00:00:00Z',
    '0000-01-01T00:00:00Z',
    '0001-01-01T00:00:00Z',
    '9999-12-31T23:59:59-16:00',
  ],
  ...[
    '9999-12-31T23:59:59Z',
    '+010000-01-01T00:00:00Z',
    '-000001-01-01T00:00:00Z',
    '2026-11-21T24:00:00Z',
    '2026-11-21T23:59:60Z',
  ],
  ...[
    '2026-11-21T08:00:00+16:00',
    '2026-11-21T08:00:00+99:99',
    '2026-11-21',
    '1900-01-01T00:00:00+14:00',
    '2100-12-31T23:59:59-14:00',
  ],
  ...[
    '2026-11-21T08:00:00.123456789+03:30',
    '2022-03-22T00:00:00+03:30',
    '275760-09-13T00:00:00Z',
    'infinity',
    'now',
    '2026-W47-1T00:00:00Z',
  ],
];
const days = [
  '2026-02-31',
  '0000-01-01',
  '1900-01-01',
  '2100-12-31',
  '9999-12-31',
  '2026-11-21',
  '1405-08-30',
  '2026-13-01',
];
/** As they stand in the body: what JSON has and JavaScript does not, too. */
const numbers = [
  ...[
    '0',
    '-0',
    '-1',
    '1',
    '0.5',
    '1e2',
    '1e400',
    '-1e400',
    '2147483647',
    '2147483648',
    '-2147483649',
    '9007199254740991',
  ],
  ...[
    '9007199254740993',
    '9223372036854775807',
    '9223372036854775808',
    '123456789012345678901234567890',
    '1e-400',
    '3.0',
  ],
];
const uuids = [
  ...[
    '00000000-0000-0000-0000-000000000000',
    'ffffffff-ffff-ffff-ffff-ffffffffffff',
    '0198F000-0000-7000-8000-00000000000A',
  ],
  ...[
    '0198f000-0000-7000-8000-00000000dead',
    '{0198f000-0000-7000-8000-00000000dead}',
    '0198f00000007000800000000000dead',
  ],
];
/** Cursors of several forms, made by hand. */
const cursors = [
  '0',
  '-1',
  '1,1',
  '99999999999999999999',
  '999999999999999999',
  '1 1',
  '9999999999999999 1',
  '0198f000-0000-7000-8000-00000000dead',
  '2026-02-31T00:00:00Z,1',
  '\0',
  'a,b',
  '1,1,1',
  '',
].flatMap((text) => [text, Buffer.from(text).toString('base64url')]);
const pathParts = [
  '%00',
  '%ed%a0%80',
  '%ff',
  '%zz',
  '..%2f..',
  '%2e%2e',
  '%F0%9F%98%80',
  '%20',
  '%0d%0a',
  'x'.repeat(150),
  'x'.repeat(3_000),
  "'",
  '-1',
  '1e9',
  '%7B%7D',
  '__proto__',
  'constructor',
];

/** A number that is written as it stands. */
class Raw {
  constructor(readonly text: string) {}
}

export class Fuzz {
  private readonly operations: readonly Operation[];
  private readonly schemas: Readonly<Record<string, Schema>>;
  private readonly tokens = new Map<string, string>();
  private readonly signingIn = new Map<string, Promise<void>>();
  /** Ids that answers had: of things that are there. */
  private readonly ids: string[] = [demo.serviceLine, demo.advertisingLine, demo.link];
  /** Nobody takes away what the fuzz signs in with. */
  private readonly own = new Set<string>();
  private readonly cursors: string[] = [];
  private state: number;

  constructor(private readonly options: FuzzOptions) {
    this.state = options.seed >>> 0;
    const document = JSON.parse(readFileSync(resolve(__dirname, '../../docs/openapi.json'), 'utf8')) as {
      paths: Record<string, Record<string, Record<string, unknown>>>;
      components: { schemas: Record<string, Schema> };
    };
    this.schemas = document.components.schemas;
    this.operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, described]): Operation => {
        const content = (
          described['requestBody'] as { content?: Record<string, { schema: Schema }> } | undefined
        )?.content;
        const permission = described['x-permission'] as
          { roles?: Record<string, unknown> | 'everyone' } | undefined;
        const roles = permission?.roles;
        return {
          name: `${method.toUpperCase()} ${path}`,
          method: method.toUpperCase(),
          path,
          parameters: (described['parameters'] ?? []) as Operation['parameters'],
          body: content?.['application/json']?.schema,
          isFile: content?.['multipart/form-data'] !== undefined,
          roles: typeof roles === 'object' ? Object.keys(roles) : actors.map(({ role }) => role),
        };
      }),
    );
  }

  async run(): Promise<FuzzResult> {
    for (const actor of actors) await this.signIn(actor.role);
    const until = Date.now() + this.options.forMs;
    const byStatus: Record<string, number> = {};
    const asked = new Set<string>();
    const findings = new Map<string, FuzzFinding>();
    let sent = 0;
    const worker = async (): Promise<void> => {
      while (sent < this.options.requests && Date.now() < until) {
        // Each route once, then as it comes.
        const operation =
          this.operations[sent < this.operations.length ? sent : this.below(this.operations.length)];
        if (!operation) return;
        sent += 1;
        asked.add(operation.name);
        const { status, example } = await this.try(operation);
        byStatus[status] = (byStatus[status] ?? 0) + 1;
        if (status !== 'no answer' && status < 500) continue;
        const key = `${operation.name} ${status}`;
        const known = findings.get(key);
        findings.set(key, {
          operation: operation.name,
          status,
          times: (known?.times ?? 0) + 1,
          example: known?.example ?? example,
        });
      }
    };
    await Promise.all(Array.from({ length: this.options.atOnce }, worker));
    return {
      sent,
      byStatus,
      operations: asked.size,
      ofOperations: this.operations.length,
      findings: [...findings.values()],
    };
  }

  /** What is away for a moment is asked once more; what stays away is a finding. */
  private async try(operation: Operation): Promise<{ status: number | 'no answer'; example: string }> {
    const role = this.roleFor(operation);
    const request = this.requestOf(operation, role);
    for (let again = 0; ; again += 1) {
      const answer = await this.send(operation, request, role);
      // A download is cut when its session ends, and the fuzz ends its own sessions.
      if (answer.status === 'no answer' && answer.text.includes('terminated') && again === 0) continue;
      if (answer.status === 401 && role && again < 2) {
        await this.signIn(role);
        continue;
      }
      if (answer.status === 503 && again < 2) {
        await sleep(1_500);
        continue;
      }
      const example = `as ${role ?? 'nobody'} ${request.method} ${request.url} ${describe(request)} -> ${answer.text.slice(0, 300)}`;
      return { status: answer.status, example };
    }
  }

  private async send(
    operation: Operation,
    { method, url, headers, body }: Built,
    role: string | undefined,
  ): Promise<{ status: number | 'no answer'; text: string }> {
    const token = role ? this.tokens.get(role) : undefined;
    try {
      const response = await fetch(`${this.options.origin}${url}`, {
        method,
        body: body as BodyInit | undefined,
        redirect: 'manual',
        headers: { ...headers, ...(token ? { authorization: `Bearer ${token}` } : {}) },
        signal: AbortSignal.timeout(timeoutMs),
      });
      const isStream = response.headers.get('content-type')?.includes('event-stream');
      if (isStream) await response.body?.cancel();
      const text = isStream ? '' : await response.text();
      if (response.status < 300 && text.startsWith('{')) this.learn(text);
      return { status: response.status, text };
    } catch (error) {
      return {
        status: 'no answer',
        text: `${operation.name}: ${inspect(error)}`,
      };
    }
  }

  private learn(text: string): void {
    for (const [, id = ''] of text.matchAll(
      /"([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})"/g,
    )) {
      if (this.own.has(id)) continue;
      if (this.ids.length < 200) this.ids.push(id);
      else this.ids[this.below(200)] = id;
    }
    const cursor = /"nextCursor":"([^"]+)"/.exec(text)?.[1];
    if (cursor && this.cursors.length < 50) this.cursors.push(cursor);
  }

  /** Once for all that come with the token that ended. */
  private signIn(role: string): Promise<void> {
    const under =
      this.signingIn.get(role) ?? this.signInAnew(role).finally(() => this.signingIn.delete(role));
    this.signingIn.set(role, under);
    return under;
  }

  private async signInAnew(role: string, tries = 0): Promise<void> {
    const actor = actors.find((one) => one.role === role);
    if (!actor) return;
    const response = await fetch(`${this.options.origin}/api/v1/sessions`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-forwarded-for': this.address() },
      body: JSON.stringify({ username: actor.username, password: actor.password }),
    });
    const { session } = (await response.json()) as {
      session?: { accessToken: string; account: { id: string } };
    };
    // Too many at once, or a machine under load.
    if (!session && tries < 10 && [429, 503].includes(response.status)) {
      await sleep(2_000);
      return this.signInAnew(role, tries + 1);
    }
    if (!session) throw new Error(`${actor.username} cannot sign in: ${response.status}`);
    this.tokens.set(role, session.accessToken);
    this.own.add(session.account.id);
  }

  private roleFor({ roles }: Operation): string | undefined {
    if (this.chance(0.07)) return undefined;
    const fitting = actors.map(({ role }) => role).filter((role) => roles.includes(role));
    return this.chance(0.85) && fitting.length > 0 ? this.one(fitting) : this.one(actors).role;
  }

  private requestOf(operation: Operation, role: string | undefined): Built {
    // Mostly one or two wrong values among right ones: what is all wrong is refused by the first check.
    const wrong = this.one([0, 0.15, 0.3, 1]);
    let url = operation.path;
    const query: string[] = [];
    const headers: Record<string, string> = {
      'x-forwarded-for': this.address(),
      'accept-language': this.one(['fa', 'en', 'x']),
    };
    for (const parameter of operation.parameters) {
      const { name, schema } = parameter;
      if (parameter.in === 'path') {
        const value = this.chance(wrong * 0.6)
          ? this.one(pathParts)
          : encode(plain(this.value(schema, name, wrong)));
        url = url.replace(`{${name}}`, value || '-');
      } else if (parameter.in === 'query') {
        if (!parameter.required && this.chance(0.5)) continue;
        for (let times = this.chance(0.05) ? 3 : 1; times > 0; times -= 1)
          query.push(
            `${encode(name)}=${this.chance(0.05) ? this.one(pathParts) : encode(plain(this.value(schema, name, wrong)))}`,
          );
      } else if (this.chance(0.5)) {
        headers[name] = this.chance(0.5)
          ? `fuzz-${this.below(1e9)}`
          : this.one(texts)
              .replace(/[^\x20-\xff]/g, '')
              .trim();
      }
    }
    if (this.chance(0.04))
      query.push(
        this.one(['__proto__=1', 'x[y]=1', '%00=1', 'a', '=', '%', 'limit=1&limit=2', 'constructor=1']),
      );
    const full = query.length > 0 ? `${url}?${query.join('&')}` : url;
    if (operation.isFile) return { method: operation.method, url: full, ...this.file(headers) };
    if (operation.method === 'GET') return { method: operation.method, url: full, headers };
    if (role === undefined || this.chance(0.5)) headers['x-requested-with'] = 'fuzz';
    if (!operation.body && this.chance(0.7)) return { method: operation.method, url: full, headers };
    headers['content-type'] = this.chance(0.03)
      ? this.one([
          'text/plain',
          'application/x-www-form-urlencoded',
          'multipart/form-data',
          'application/json; charset=x',
          'a',
        ])
      : 'application/json';
    const body = operation.body ? this.value(operation.body, 'body', wrong) : this.junk();
    return { method: operation.method, url: full, headers, body: this.json(body) };
  }

  /** A form with a file: whole, cut off, of another shape, with a name that is none. */
  private file(headers: Record<string, string>): Pick<Built, 'headers' | 'body'> {
    const name = this.one(['a.csv', 'a.xlsx', 'a.xls', 'a.ods', ...texts]).replace(
      /["\r\n\ud800-\udfff]/g,
      '_',
    );
    const field = this.chance(0.9) ? 'file' : this.one(['x', '__proto__', '', 'constructor']);
    const content = this.one([
      'mobile\n09121234567\n',
      '',
      '\0\0\0',
      '"open',
      'PK\x03\x04',
      '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1',
      '<html>',
      `mobile\n${'0912,'.repeat(3_000)}`,
      '\xff\xfea\0',
    ]);
    const form = `--fuzz\r\ncontent-disposition: form-data; name="${field}"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n${content}\r\n--fuzz--\r\n`;
    const whole = Buffer.from(form, this.chance(0.5) ? 'utf8' : 'latin1');
    const body = this.chance(0.6) ? whole : whole.subarray(0, this.below(whole.length));
    const type = this.chance(0.92)
      ? 'multipart/form-data; boundary=fuzz'
      : this.one(['multipart/form-data', 'application/json', 'multipart/form-data; boundary=']);
    return { headers: { ...headers, 'content-type': type }, body };
  }

  private json(value: unknown): string {
    const raws: string[] = [];
    let text =
      JSON.stringify(value, (_key, one: unknown) => {
        if (!(one instanceof Raw)) return one;
        raws.push(one.text);
        return `\u0001${raws.length - 1}\u0001`;
      }) ?? '';
    text = text.replace(/"\\u0001(\d+)\\u0001"/g, (_all, at: string) => raws[Number(at)] ?? '0');
    if (this.chance(0.02)) return text.slice(0, this.below(text.length + 1));
    if (this.chance(0.02))
      return text.replace('{', `{"${this.one(['__proto__', 'constructor', 'toString', 'x'])}":{"a":1},`);
    return text;
  }

  /** By the schema, or with the probability `wrong` something that hostile people and broken programs send. */
  private value(schema: Schema, name: string, wrong: number): unknown {
    const found = schema.$ref ? this.schemas[schema.$ref.slice(schema.$ref.lastIndexOf('/') + 1)] : schema;
    if (!found) return null;
    if (this.chance(wrong * 0.25)) return this.junk();
    if (found.anyOf) return this.value(found.anyOf[0] ?? {}, name, wrong);
    const type = typeof found.type === 'string' ? found.type : found.type?.[0];
    if (typeof found.type === 'object' && this.chance(0.1)) return null;
    if (type === 'object' || found.properties) {
      const required = new Set(found.required);
      return Object.fromEntries(
        Object.entries(found.properties ?? {})
          .filter(([key]) => (required.has(key) ? !this.chance(wrong * 0.1) : this.chance(0.5)))
          .map(([key, one]) => [key, this.value(one, key, wrong)]),
      );
    }
    if (type === 'array') {
      const count = this.chance(wrong * 0.1)
        ? (found.maxItems ?? 10) + 1
        : this.below(Math.min(found.maxItems ?? 3, 3) + 1);
      return Array.from({ length: Math.min(count, 1_200) }, () => this.value(found.items ?? {}, name, wrong));
    }
    if (found.enum) return this.chance(wrong * 0.3) ? this.one(texts) : this.one(found.enum);
    if (type === 'integer' || type === 'number') return this.number(found, wrong);
    if (type === 'boolean') return this.chance(0.5);
    return this.text(found, name, wrong);
  }

  private number({ minimum = 0, maximum = 1e9 }: Schema, wrong: number): unknown {
    if (this.chance(wrong * 0.7)) return new Raw(this.one(numbers));
    if (this.chance(0.3)) return this.one([minimum, maximum]);
    return minimum + this.below(Math.min(maximum - minimum, 2 ** 31) + 1);
  }

  private text(schema: Schema, name: string, wrong: number): unknown {
    if (schema.format === 'uuid')
      return this.chance(wrong * 0.5) ? this.one([...uuids, ...texts]) : this.one(this.ids);
    if (schema.format === 'date-time') {
      if (this.chance(Math.max(wrong, 0.2))) return this.one(instants);
      return new Date(Date.now() + (this.below(60) - 30) * 86_400_000).toISOString();
    }
    if (schema.format === 'date') return this.chance(Math.max(wrong, 0.2)) ? this.one(days) : '2026-11-20';
    if (name === 'cursor')
      return this.chance(0.7) || this.cursors.length === 0 ? this.one(cursors) : this.one(this.cursors);
    if (this.chance(wrong * 0.7)) return this.one(texts);
    if (schema.examples?.length) return this.one(schema.examples);
    if (/mobile|msisdn|from|numbers/i.test(name)) return `0912${String(this.below(1e7)).padStart(7, '0')}`;
    if (/idempotency|key/i.test(name)) return `fuzz-${this.below(1e9)}`;
    const length = Math.min(
      Math.max(schema.minLength ?? 1, this.below(Math.min(schema.maxLength ?? 20, 60))),
      schema.maxLength ?? 60,
    );
    const letters = schema.pattern ? 'abcdefghij0123456789' : 'abc 012 سلام‌۱۲%_\'"\\<😀';
    const units = [...letters];
    return Array.from({ length }, () => this.one(units))
      .join('')
      .slice(0, schema.maxLength)
      .toWellFormed();
  }

  private junk(): unknown {
    return this.one<unknown>([
      null,
      true,
      [],
      {},
      [[]],
      [null],
      { a: 1 },
      new Raw(this.one(numbers)),
      this.one(texts),
      this.one(instants),
      [this.one(texts)],
    ]);
  }

  private address(): string {
    return `${20 + this.below(80)}.${this.below(256)}.${this.below(256)}.${this.below(256)}`;
  }
  private one<T>(list: readonly T[]): T {
    return list[this.below(list.length)] as T;
  }
  private chance(share: number): boolean {
    return this.random() < share;
  }
  private below(bound: number): number {
    return Math.floor(this.random() * bound);
  }
  /** Mulberry32: small, and the same for the same seed everywhere. */
  private random(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

interface Built {
  readonly method: string;
  readonly url: string;
  readonly headers: Record<string, string>;
  readonly body?: string | Buffer;
}

function describe({ headers, body }: Built): string {
  const { 'content-type': type = '' } = headers;
  return `${type} ${JSON.stringify(typeof body === 'string' ? body : (body?.toString('latin1') ?? '')).slice(0, 600)}`;
}

function plain(value: unknown): string {
  if (value instanceof Raw) return value.text;
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Half a surrogate pair has no encoding of its own: as its three bytes. */
function encode(text: string): string {
  return [...text].map((char) => (char.isWellFormed() ? encodeURIComponent(char) : '%ed%a0%80')).join('');
}

export function summaryOf(
  { sent, byStatus, operations, ofOperations, findings }: FuzzResult,
  seed: number,
): string {
  const head = `fuzz: seed ${seed}, ${sent} requests at ${operations} of ${ofOperations} routes, answers ${JSON.stringify(byStatus)}`;
  return [
    head,
    ...findings.map(
      ({ operation, status, times, example }) => `${status} (${times}x) ${operation}\n    ${example}`,
    ),
  ].join('\n');
}
