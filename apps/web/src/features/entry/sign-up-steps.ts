/** Fields of each step, by their names in the API; the last step sends all. */
const fieldsOf = [
  ['plan'],
  ['name', 'username', 'password', 'repeat', 'email', 'referralCode'],
  ['mobile', 'terms'],
  ['code'],
] as const;

export const lastStep = fieldsOf.length - 1;

export function fieldsOfStep(step: number): string[] {
  return [...(fieldsOf[step] ?? [])];
}

/** The first step with something that the server refused; undefined when it is of none. */
export function stepOf(refused: readonly string[]): number | undefined {
  const step = fieldsOf.findIndex((fields) => fields.some((field) => refused.includes(field)));
  return step < 0 ? undefined : step;
}
