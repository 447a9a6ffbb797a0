import { FileError } from './file.error';

/** Names come without their namespace prefix, texts with their entities replaced. */
export interface XmlHandler {
  /** `attributes`: as written, for {@link xmlAttribute}; most are never asked for. */
  open(name: string, attributes: string): void;
  text(text: string): void;
  close(name: string): void;
}

/** Markup or text that is not ended within this is no spreadsheet's: Excel's longest text is 32,767 characters. */
const PENDING_CHARS_MAX = 512 * 1024;
const SPACE = 0x20;
const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/**
 * Reads the XML that spreadsheets are written in, several times as fast as a validating parser: elements, attributes,
 * text, CDATA, comments, and the five entities. It keeps nothing but the piece of markup at hand, refuses document type
 * declarations (and with them entities of one's own), and checks only that what is opened is closed.
 */
export class XmlScanner {
  private pending = '';
  private depth = 0;

  constructor(private readonly handler: XmlHandler) {}

  /** Throws `damaged_file` or `file_bomb`. */
  write(text: string): void {
    const all = this.pending + text;
    let at = 0;
    for (;;) {
      const tag = all.indexOf('<', at);
      if (tag < 0) break;
      if (tag > at) this.handler.text(unescape(all.slice(at, tag)));
      at = tag;
      const end = this.scanMarkup(all, tag);
      if (end < 0) break;
      at = end;
    }
    this.pending = all.slice(at);
    if (this.pending.length > PENDING_CHARS_MAX) throw new FileError('file_bomb', { max: PENDING_CHARS_MAX });
  }

  end(): void {
    if (this.depth !== 0 || this.pending.trim() !== '') throw new FileError('damaged_file');
  }

  /** Index after the markup that starts at `from`, or -1 when its end is not here yet. */
  private scanMarkup(all: string, from: number): number {
    switch (all[from + 1]) {
      case undefined:
        return -1;
      case '?':
        return after(all, '?>', from);
      case '!':
        return this.scanDeclaration(all, from);
      case '/':
        return this.scanClose(all, from);
      default:
        return this.scanOpen(all, from);
    }
  }

  private scanDeclaration(all: string, from: number): number {
    if (all.startsWith('<!--', from)) return after(all, '-->', from + 4);
    if (all.startsWith('<![CDATA[', from)) {
      const end = after(all, ']]>', from);
      if (end >= 0) this.handler.text(all.slice(from + 9, end - 3));
      return end;
    }
    if (all.length - from < 9) return -1;
    throw new FileError('damaged_file');
  }

  private scanClose(all: string, from: number): number {
    const end = after(all, '>', from);
    if (end < 0) return -1;
    this.depth -= 1;
    this.handler.close(localName(all.slice(from + 2, end - 1).trimEnd()));
    return end;
  }

  private scanOpen(all: string, from: number): number {
    const end = tagEnd(all, from);
    if (end < 0) return -1;
    const isEmpty = all[end - 2] === '/';
    let nameEnd = from + 1;
    while (isNameUnit(all.charCodeAt(nameEnd))) nameEnd += 1;
    const name = localName(all.slice(from + 1, nameEnd));
    this.handler.open(name, all.slice(nameEnd, end - 1));
    if (isEmpty) this.handler.close(name);
    else this.depth += 1;
    return end;
  }
}

/**
 * Value of an attribute, undefined when there is none; a name that begins with a colon stands for any prefix. Throws
 * `damaged_file`.
 */
export function xmlAttribute(attributes: string, name: string): string | undefined {
  let at = 0;
  for (;;) {
    const equals = attributes.indexOf('=', at);
    if (equals < 0) return undefined;
    while (attributes.charCodeAt(at) <= SPACE) at += 1;
    let nameEnd = equals;
    while (attributes.charCodeAt(nameEnd - 1) <= SPACE) nameEnd -= 1;
    let open = equals + 1;
    while (attributes.charCodeAt(open) <= SPACE) open += 1;
    const quote = attributes.charAt(open);
    const close = quote === '"' || quote === "'" ? attributes.indexOf(quote, open + 1) : -1;
    if (close < 0) throw new FileError('damaged_file');
    const isWanted = name.startsWith(':')
      ? attributes.slice(at, nameEnd).endsWith(name)
      : nameEnd - at === name.length && attributes.startsWith(name, at);
    if (isWanted) return unescape(attributes.slice(open + 1, close));
    at = close + 1;
  }
}

function after(all: string, mark: string, from: number): number {
  const at = all.indexOf(mark, from);
  return at < 0 ? -1 : at + mark.length;
}

/** Index after the > of an opening tag; a > inside a quoted value does not end it. */
function tagEnd(all: string, from: number): number {
  let quote = 0;
  for (let i = from + 1; i < all.length; i += 1) {
    const unit = all.charCodeAt(i);
    if (quote !== 0) {
      if (unit === quote) quote = 0;
    } else if (unit === 0x22 || unit === 0x27) {
      quote = unit;
    } else if (unit === 0x3e) {
      return i + 1;
    }
  }
  return -1;
}

/** Not a space, / or >. */
function isNameUnit(unit: number): boolean {
  return unit > SPACE && unit !== 0x2f && unit !== 0x3e;
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? name : name.slice(colon + 1);
}

function unescape(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|([a-z]{2,4}));|&/gi, (_, hex, decimal, name) => {
    const codePoint = hex ? parseInt(String(hex), 16) : decimal ? Number(decimal) : Number.NaN;
    if (codePoint <= 0x10ffff) return String.fromCodePoint(codePoint);
    const char = ENTITIES[String(name)];
    if (char === undefined) throw new FileError('damaged_file');
    return char;
  });
}
