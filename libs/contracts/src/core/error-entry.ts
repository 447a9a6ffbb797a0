export type ErrorKind =
  | 'invalid_input'
  | 'unauthenticated'
  | 'payment_required'
  | 'forbidden'
  | 'not_found'
  | 'conflict'
  | 'too_large'
  | 'invalid_state'
  | 'limited'
  | 'internal'
  | 'upstream_failed'
  | 'unavailable';

export interface ErrorEntry {
  readonly kind: ErrorKind;
  readonly en: string;
  readonly fa: string;
  readonly report?: true;
  /** Instead of the text, by `details.reason`. */
  readonly reasons?: Readonly<Record<string, { readonly en: string; readonly fa: string }>>;
}
