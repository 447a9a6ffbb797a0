import type { AccountsQueryDto } from '@peyk/contracts/identity';
import { roles, scopeKindsOf } from '@peyk/contracts';
import { parseMobile, parseNationalCode, toLatinDigits } from '@peyk/persian';
import { normalizeName } from '../accounts/account-input';
import { isIncomplete } from '../accounts/account.views';
import type { PersonalData } from '../accounts/personal-data';
import { normalizeUsername } from '../accounts/username';

/** SQL about account `a`; `parameter` adds a value to the statement's and gives its `$1`, `$2`, ... */
export type Condition = (parameter: (value: unknown) => string) => string;

/** Fewer characters are the beginning of nearly every code: they find only a username that is just that. */
const beginningMin = 3;

/** Names, usernames, and national codes and mobiles through their blind index (IDN-202, IDN-212). */
export function searchFor(text: string, personal: PersonalData): Condition {
  const username = normalizeUsername(text);
  const words = toLatinDigits(normalizeName(text)).match(/[\p{L}\p{N}]+/gu) ?? [];
  const nationalCode = parseNationalCode(text);
  const mobile = parseMobile(text);
  return (parameter) => {
    const found: string[] = [];
    if (username.length >= beginningMin) {
      // All that begins with it, in the order of the code points.
      const from = parameter(username);
      const to = parameter(`${username}\u{10ffff}`);
      found.push(
        `SELECT account_id FROM usernames WHERE username COLLATE "C" >= ${from} AND username COLLATE "C" <= ${to}`,
      );
    } else if (username !== '')
      found.push(`SELECT account_id FROM usernames WHERE username = ${parameter(username)}`);
    // Digits alone are a code, hardly a name.
    if (words.some((word) => /\p{L}/u.test(word))) {
      const query = parameter(words.map((word) => `'${word}':*`).join(' & '));
      found.push(`SELECT id FROM accounts WHERE account_name_words(name) @@ to_tsquery('simple', ${query})`);
    }
    if (nationalCode)
      found.push(
        `SELECT id FROM accounts WHERE national_code_index = ${parameter(personal.indexOf('nationalCode', nationalCode))}`,
      );
    if (mobile.ok)
      found.push(
        `SELECT id FROM accounts WHERE mobile_index = ${parameter(personal.indexOf('mobile', mobile.msisdn))}`,
      );
    return found.length > 0 ? `a.id IN (${found.join(' UNION ')})` : 'false';
  };
}

/** The filters of a list of accounts. */
export function conditionsOf(
  { search, role, scope, disabled, resellerId, incomplete }: AccountsQueryDto,
  personal: PersonalData,
): Condition[] {
  const conditions: Condition[] = [];
  if (search?.trim()) conditions.push(searchFor(search, personal));
  if (role) conditions.push((parameter) => `a.roles @> ARRAY[${parameter(role)}]`);
  if (scope) {
    const kind = scope.slice(0, scope.indexOf(':'));
    const holders = roles.filter((held) => ((scopeKindsOf[held] ?? []) as readonly string[]).includes(kind));
    const held = holders.map((holder) => JSON.stringify({ [holder]: [toLatinDigits(scope)] }));
    conditions.push(
      (parameter) => `(${held.map((one) => `a.scopes @> ${parameter(one)}::jsonb`).join(' OR ')})`,
    );
  }
  if (disabled !== undefined) conditions.push((parameter) => `a.disabled = ${parameter(disabled)}`);
  if (incomplete !== undefined) conditions.push(() => `${incomplete ? '' : 'NOT '}${isIncomplete}`);
  if (resellerId) conditions.push((parameter) => `a.reseller_id = ${parameter(resellerId)}`);
  return conditions;
}
