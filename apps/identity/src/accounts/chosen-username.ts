import { normalizeUsername } from './username';

/**
 * A letter first, so that nobody chooses another person's professor, school or personnel code; letters of one script, so
 * that none looks like another's (UTS 39).
 */
const forms = [/^[a-z][a-z\d._-]{2,49}$/, /^\p{Script=Arabic}[\p{Script=Arabic}\d._-]{2,49}$/u];

/** Names that would speak for the site. */
const reserved = new Set(
  [
    'admin',
    'administrator',
    'root',
    'support',
    'system',
    'peyk',
    'پشتیبانی',
    'مدیر',
    'مدیریت',
    'پیک',
    'سامانه',
  ].map(bare),
);

/** The stored form of a username that somebody chose; undefined when it may not be chosen. */
export function chosenUsername(typed: string): string | undefined {
  const username = normalizeUsername(typed);
  return forms.some((form) => form.test(username)) && !reserved.has(bare(username)) ? username : undefined;
}

function bare(username: string): string {
  return username.replace(/[\d._-]/g, '');
}
