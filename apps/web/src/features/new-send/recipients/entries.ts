import limits from '../../../api/limits.json';
import type { Recipients, Slice } from '../draft';
import { sliced } from '../draft';

/** One addition to the recipient list (TGT-206): a source with what it keeps, or a part of it by row and count. */
export interface Entry extends Slice {
  readonly source: string;
  readonly value: string;
}

/** What the recipient list is made of (SMS-003). */
export interface RecipientsValue {
  /** What was added. None: the open source alone is the list, and nobody has to press anything to add it. */
  readonly entries: readonly Entry[];
  /** A further source is open beside those that were added. */
  readonly adding: boolean;
  /** Key of the source that is open, and what each one keeps. */
  readonly source: string;
  readonly sources: Readonly<Record<string, string>>;
  /** The list that the API made of the entries; good for no others. */
  readonly combined?: { readonly of: string; readonly listId: string } | undefined;
}

/** What a source with this value asks for; undefined: nobody is chosen in it. */
export type Asks = (source: string, value: string) => Recipients | undefined;

/** Most sources of one list, as the API has it. */
export const entriesMax = limits.sms.maxListSources;

export function isOpen({ entries, adding }: RecipientsValue): boolean {
  return entries.length === 0 || adding;
}

/** The open source and what it holds. */
export function present({ source, sources }: RecipientsValue): Entry {
  return { source, value: sources[source] ?? '' };
}

/** The source that is open becomes an entry; `next` opens in its place, or nothing. */
export function added(
  value: RecipientsValue,
  { slice = {}, next }: { slice?: Slice; next?: string } = {},
): RecipientsValue {
  const { source, sources, entries } = value;
  return {
    ...value,
    entries: [...entries, { ...present(value), ...slice }],
    adding: next !== undefined,
    source: next ?? source,
    sources: { ...sources, [source]: '' },
  };
}

/** What the open source held became something of another one. What that one held already is not lost: it stays open. */
export function become(value: RecipientsValue, source: string, kept: string): RecipientsValue {
  const sources = { ...value.sources, [value.source]: '' };
  if (value.sources[source])
    return { ...value, entries: [...value.entries, { source, value: kept }], adding: true, source, sources };
  return { ...value, source, sources: { ...sources, [source]: kept } };
}

export function opened(value: RecipientsValue): RecipientsValue {
  return { ...value, adding: true };
}

/** The further source is closed, and what it held is let go. */
export function closed(value: RecipientsValue): RecipientsValue {
  return alone({ ...value, adding: false, sources: {} });
}

export function without(value: RecipientsValue, index: number): RecipientsValue {
  const entries = value.entries.filter((_entry, at) => at !== index);
  return alone({ ...value, entries, adding: value.adding && entries.length > 0 });
}

/** A last whole entry is open again, as it was when it was the only source: it can be written in. */
function alone(value: RecipientsValue): RecipientsValue {
  const [last, ...more] = value.entries;
  if (!last || more.length > 0 || value.adding || last.row || last.count) return value;
  return { ...value, entries: [], source: last.source, sources: { [last.source]: last.value } };
}

/** Sources that hold something which is not in the list: it must not be lost in silence. */
export function leftOver({ entries, source, sources }: RecipientsValue): string[] {
  return Object.keys(sources).filter((key) => sources[key]?.trim() && (entries.length > 0 || key !== source));
}

/** What the API has to put together before anything can be sent; undefined: one source is the list as it is. */
export function partsOf({ entries }: RecipientsValue, asks: Asks): Recipients[] | undefined {
  const [first, ...more] = entries;
  if (!first || (more.length === 0 && !first.row && !first.count)) return undefined;
  return entries.flatMap(({ source, value, row, count }) => {
    const asked = asks(source, value);
    return asked ? [sliced(asked, { row, count })] : [];
  });
}

/** The whole list as a quote or a send asks for it; undefined: nobody is chosen, or it is not put together yet. */
export function wholeOf(value: RecipientsValue, asks: Asks): Recipients | undefined {
  const parts = partsOf(value, asks);
  if (parts) return value.combined?.of === keyOf(parts) ? { listId: value.combined.listId } : undefined;
  const { source, value: kept } = value.entries[0] ?? present(value);
  return asks(source, kept);
}

/** Says whether a combined list is that of these parts. */
export function keyOf(parts: readonly Recipients[]): string {
  return JSON.stringify(parts);
}
