/** What the menu asks the server about the account of the person. Who asks the same key elsewhere shares the answer. */
export interface Question<Answer> {
  readonly queryKey: readonly string[];
  readonly read: () => Promise<unknown>;
  readonly answerOf: (said: unknown) => Answer;
}

export function question<Said, Answer>(asked: {
  readonly queryKey: readonly string[];
  readonly read: () => Promise<Said>;
  readonly answerOf: (said: Said) => Answer;
}): Question<Answer> {
  // The cache gives back what `read` gave.
  return { ...asked, answerOf: (said) => asked.answerOf(said as Said) };
}
