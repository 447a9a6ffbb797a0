/** PostgreSQL stores no NUL, and nothing else of this kind belongs into a list of devices. */
export function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, '');
}
