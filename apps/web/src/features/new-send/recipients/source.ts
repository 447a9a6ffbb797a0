import type { ComponentType } from 'react';
import type { Recipients } from '../draft';
import { againSource } from './again-source';
import { fileSource } from './file-source';
import { typedSource } from './typed-source';

export interface SourceProps {
  /** What the source keeps of itself, as text: it lies in the draft. */
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** What stands here became something of another source, which keeps it from now on. */
  readonly onBecome: (source: string, value: string) => void;
}

/**
 * One way to add recipients; the rest of the form is the same for all of them (SMS-002). A further one (phone book,
 * postal code, tower) is one more object in {@link sources}.
 */
export interface RecipientSource {
  readonly key: string;
  readonly title: string;
  readonly icon: ComponentType;
  /** Offered only where it holds something already: nobody can begin with it. */
  readonly onlyGiven?: boolean;
  readonly Editor: ComponentType<SourceProps>;
  /** What was added with it, in a row of the recipient list: how many, and what was left out. */
  readonly Added: ComponentType<{ readonly value: string }>;
  /** What a quote and a send ask for; undefined: nobody is chosen yet. */
  readonly recipients: (value: string) => Recipients | undefined;
}

export const sources: readonly RecipientSource[] = [typedSource, fileSource, againSource];

export function sourceOf(key: string): RecipientSource {
  return sources.find((source) => source.key === key) ?? typedSource;
}

export function asks(source: string, value: string): Recipients | undefined {
  return sourceOf(source).recipients(value);
}
