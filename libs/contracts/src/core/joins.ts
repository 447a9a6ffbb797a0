/**
 * `true` when no key stands in two of the tables, else the keys that do. Tables of the rooms are joined with it:
 * `true satisfies Disjoint<[typeof a, typeof b]>`.
 */
export type Disjoint<Tables extends readonly object[], Seen = never> = Tables extends readonly [
  infer First extends object,
  ...infer Rest extends readonly object[],
]
  ? [keyof First & Seen] extends [never]
    ? Disjoint<Rest, Seen | keyof First>
    : { readonly definedTwice: keyof First & Seen }
  : true;
