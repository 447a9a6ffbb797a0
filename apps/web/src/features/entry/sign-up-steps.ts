/** The steps as their addresses name them: `/sign-up/person`. */
export const stepNames = ['plan', 'person', 'mobile', 'code'] as const;

/** Fields of each step, by their names in the API; the last step sends all. */
const fieldsOf = [
  ['plan'],
  ['name', 'username', 'email', 'referralCode'],
  ['mobile', 'terms'],
  ['code'],
] as const;

/** Part of the step of the person; asked for again in a later one where a refresh has forgotten it. */
export const passwordFields = ['password', 'repeat'] as const;

export const personStep = 1;
export const lastStep = fieldsOf.length - 1;

export function stepAddress(step: number): string {
  return `/sign-up/${stepNames[step] ?? stepNames[0]}`;
}

/** The step that an address names; undefined: none. */
export function stepNamed(name: string | undefined): number | undefined {
  const step = stepNames.findIndex((known) => known === name);
  return step < 0 ? undefined : step;
}

export function fieldsOfStep(step: number): string[] {
  return [...(fieldsOf[step] ?? [])];
}

/** The first step with something that the server refused; undefined when it is of none. */
export function stepOf(refused: readonly string[]): number | undefined {
  const step = fieldsOf.findIndex((fields, index) =>
    [...fields, ...(index === personStep ? passwordFields : [])].some((field) => refused.includes(field)),
  );
  return step < 0 ? undefined : step;
}
