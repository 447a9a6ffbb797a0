import { Injectable } from '@nestjs/common';
import type { OnModuleInit } from '@nestjs/common';
import { DomainError } from '@peyk/contracts';
import { passwordMinLength } from '@peyk/contracts/identity';
import { normalizePersian } from '@peyk/persian';
import { typedForm } from './password-hasher';

export type WeakReason = 'short' | 'common' | 'personal' | 'unchanged';

/** What others know of a person. */
export interface PasswordOwner {
  readonly usernames: readonly string[];
  readonly name: string;
  readonly email?: string | null;
  readonly nationalCode?: string | null;
  /** Any form; its last ten digits count. */
  readonly mobile?: string | null;
}

/** So much has to be left of a password without what is personal in it. */
const ownMinLength = 4;
/** Shorter words stand in every second password by chance. */
const wordMinLength = 4;
const distinctMin = 3;

/**
 * Whether a password is hard enough to guess (IDN-208): by length and by what is guessed first, not by composition
 * (OWASP ASVS 5.0 6.2.1, 6.2.4, 6.2.5, 6.2.11, 6.2.12). The list of 18,000 leaked passwords of eight characters and more
 * is that of zxcvbn-ts.
 */
@Injectable()
export class PasswordPolicy implements OnModuleInit {
  private common: ReadonlySet<string> = new Set();

  /** At the start, since reading the list takes 0.1 s. */
  async onModuleInit(): Promise<void> {
    const { dictionary } = await import('@zxcvbn-ts/language-common');
    const listed = (dictionary as Readonly<Record<string, readonly string[]>>)['passwords'] ?? [];
    this.common = new Set(
      listed.map((word) => word.toLowerCase()).filter((word) => word.length >= passwordMinLength),
    );
    if (this.common.size < 10_000) throw new Error('the list of common passwords is not there');
  }

  /**
   * @param owner absent: only what is wrong with it for everybody
   * @throws password.weak with `reason` and `field`
   */
  check(newPassword: string, owner?: PasswordOwner): void {
    const password = typedForm(newPassword);
    const characters = [...password];
    if (characters.length < passwordMinLength) throw weak('short');
    if (this.common.has(password.toLowerCase()) || new Set(characters).size < distinctMin)
      throw weak('common');
    if (owner && isPersonal(password, owner)) throw weak('personal');
  }
}

export function weak(reason: WeakReason): DomainError {
  return new DomainError('password.weak', {
    field: 'newPassword',
    reason,
    ...(reason === 'short' && { minLength: passwordMinLength }),
  });
}

/** One of the person's own words, forwards or backwards, with next to nothing around it. */
function isPersonal(
  password: string,
  { usernames, name, email, nationalCode, mobile }: PasswordOwner,
): boolean {
  const typed = bare(password);
  const words = [
    ...usernames,
    name,
    ...name.split(/\s+/),
    ...(email?.split('@') ?? []),
    nationalCode ?? '',
    mobile?.slice(-10) ?? '',
  ].map(bare);
  return words.some((word) => {
    if (word === '') return false;
    for (const form of [word, [...word].reverse().join('')]) {
      if (typed === form) return true;
      if (word.length >= wordMinLength && typed.includes(form) && typed.length - form.length < ownMinLength)
        return true;
    }
    return false;
  });
}

/** Without what does not make it harder to guess: case, spaces, punctuation, the keyboard's form of a letter. */
function bare(text: string): string {
  return normalizePersian(typedForm(text))
    .replace(/[\p{P}\p{S}\p{Z}\p{C}]/gu, '')
    .toLowerCase();
}
