import { DomainError, roles as roleOrder, scopeKindsOf } from '@peyk/contracts';
import type { FieldError, Role, RoleScopes, Scope } from '@peyk/contracts';
import type { RoleGrantDto, UsernameDto, UsernameKind } from '@peyk/contracts/identity';
import { isSeen, normalizePersian, parseMobile, parseNationalCode, toLatinDigits } from '@peyk/persian';
import { chosenUsername } from './chosen-username';
import { normalizeUsername } from './username';

/** One `@`, no spaces, a dot in the domain: what is left is found out by writing to it. */
const emailForm = /^[^\s@"(),:;<>[\]\\]{1,64}@[a-z\d](?:[a-z\d-]{0,62})(?:\.[a-z\d-]{1,63})+$/;
/** Office codes have twelve digits (IDN-034). */
const officeScope = /^office:\d{12}$/;

/** A person's name on one line, in Persian letters; empty when nothing of it can be seen. */
export function normalizeName(typed: string): string {
  const name = normalizePersian(typed.normalize('NFC'))
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .trim();
  return isSeen(name) ? name : '';
}

/** An e-mail address in the form in which it is stored; undefined for anything else. */
export function parseEmail(typed: string): string | undefined {
  const email = typed.trim().toLowerCase();
  return email.length <= 254 && emailForm.test(email) ? email : undefined;
}

/**
 * Reads what people typed of an account into its stored forms and remembers each field that is wrong, so that all are
 * named at once (IDN-213). An absent value stays absent, null stays null.
 */
export class AccountInput {
  private readonly wrong: FieldError[] = [];

  name(typed: string | undefined): string | undefined {
    return this.read('name', typed, 'required', (text) => normalizeName(text) || undefined) ?? undefined;
  }

  nationalCode(typed: string | null | undefined): string | null | undefined {
    return this.read('nationalCode', typed, 'nationalCode', parseNationalCode);
  }

  /** E.164 digits, `989121234567`. */
  mobile(typed: string | null | undefined): string | null | undefined {
    return this.read('mobile', typed, 'mobile', (text) => {
      const parsed = parseMobile(text);
      return parsed.ok ? parsed.msisdn : undefined;
    });
  }

  email(typed: string | null | undefined): string | null | undefined {
    return this.read('email', typed, 'email', parseEmail);
  }

  /**
   * Normalised; at least one, none twice.
   * @param chosenOnly only names that people choose: one who is no administrator gives no codes of an institution
   */
  usernames(typed: readonly UsernameDto[], chosenOnly: boolean): UsernameDto[] {
    if (typed.length === 0) this.refuse('usernames', 'required', 'an account needs a username');
    const seen = new Set<string>();
    return typed.map(({ username, kind }, i) => {
      const at = `usernames[${i}].username`;
      const normalized = normalizeUsername(username);
      if (normalized === '') this.refuse(at, 'required', `${at} must not be empty`);
      else if (seen.has(normalized)) this.refuse(at, 'repeated', `${at} stands there twice`);
      if (chosenOnly) this.checkChosen(`usernames[${i}]`, normalized, kind);
      seen.add(normalized);
      return { username: normalized, kind };
    });
  }

  /** At least one role, none twice, each with scopes only of the kinds that it is held with (`scopeKindsOf`). */
  grants(grants: readonly RoleGrantDto[]): { roles: Role[]; scopes: RoleScopes } {
    if (grants.length === 0) this.refuse('grants', 'required', 'an account needs a role');
    const scopes = new Map<Role, Scope[]>();
    grants.forEach((grant, i) => {
      if (scopes.has(grant.role))
        this.refuse(`grants[${i}].role`, 'repeated', `the role ${grant.role} stands there twice`);
      const own = grant.scopes.map((scope) => toLatinDigits(scope) as Scope);
      scopes.set(grant.role, [...new Set(own)].sort());
      own.forEach((scope, j) => this.checkScope(`grants[${i}].scopes[${j}]`, grant.role, scope));
    });
    const held = roleOrder.filter((role) => scopes.has(role));
    return {
      roles: held,
      scopes: Object.fromEntries(
        held.map((role) => [role, scopes.get(role) ?? []] as const).filter(([, own]) => own.length > 0),
      ),
    };
  }

  /** A code of an institution is given by it alone: otherwise somebody would sit on another person's. */
  checkChosen(path: string, username: string, kind: UsernameKind): void {
    const prefix = path === '' ? '' : `${path}.`;
    if (kind !== 'chosen') this.refuse(`${prefix}kind`, 'chosen', `${prefix}kind must be chosen`);
    else if (username !== '' && chosenUsername(username) === undefined)
      this.refuse(`${prefix}username`, 'chosen', `${prefix}username must begin with a letter, 3 to 50 signs`);
  }

  refuse(field: string, rule: string, message: string): void {
    this.wrong.push({ field, rule, message });
  }

  /** @throws input.invalid naming the fields */
  assertValid(): void {
    if (this.wrong.length > 0) throw new DomainError('input.invalid', { fields: this.wrong.slice(0, 20) });
  }

  private checkScope(field: string, role: Role, scope: Scope): void {
    const kind = scope.slice(0, scope.indexOf(':'));
    const kinds: readonly string[] = scopeKindsOf[role] ?? [];
    if (!kinds.includes(kind)) this.refuse(field, 'scope', `the role ${role} is not held with ${kind}`);
    else if (kind === 'office' && !officeScope.test(scope))
      this.refuse(field, 'officeCode', 'an office code has 12 digits');
  }

  private read(
    field: string,
    typed: string | null | undefined,
    rule: string,
    parse: (text: string) => string | undefined,
  ): string | null | undefined {
    if (typed === undefined || typed === null) return typed;
    const value = parse(typed);
    if (value === undefined) this.refuse(field, rule, `${field} is not valid`);
    return value;
  }
}
