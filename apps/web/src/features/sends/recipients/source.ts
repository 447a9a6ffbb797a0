import type { ComponentType } from 'react';
import type { Recipients } from '../draft';
import { fileSource } from './file-source';
import { typedSource } from './typed-source';

export interface SourceProps {
  /** What the source keeps of itself, as text: it lies in the draft. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/**
 * One way to add recipients; the rest of the form is the same for all of them (SMS-002). A further one (phone book,
 * postal code, tower) is one more object in {@link sources}.
 */
export interface RecipientSource {
  readonly key: string;
  readonly title: string;
  readonly icon: ComponentType;
  readonly Editor: ComponentType<SourceProps>;
  /** What a quote and a send ask for; undefined: nobody is chosen yet. */
  readonly recipients: (value: string) => Recipients | undefined;
}

export const sources: readonly RecipientSource[] = [typedSource, fileSource];

export function sourceOf(key: string): RecipientSource {
  return sources.find((source) => source.key === key) ?? typedSource;
}
