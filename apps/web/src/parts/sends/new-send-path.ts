/** What a new send begins with, as `/sends/new` is asked for it. */
export interface Beginning {
  /** Id of a send: its text, line and recipients. */
  readonly again?: string;
  /** Numbers, separated by commas. */
  readonly to?: string;
  readonly line?: string;
  /** Id of a template. */
  readonly template?: string;
}

/** Address of a new send that begins so. */
export function newSendPath(beginning: Beginning): string {
  return `/sends/new?${new URLSearchParams(beginning as Record<string, string>)}`;
}
