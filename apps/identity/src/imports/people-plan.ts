import type { Role, RoleScopes, Scope } from '@peyk/contracts';
import type { ImportColumn, ImportErrorCode, UsernameKind } from '@peyk/contracts/identity';
import { peopleRules } from './import-kinds';
import type { PeopleKind } from './import-kinds';
import type { PersonRow } from './import-row';

/** What an account has, as far as an import may change it. Indexes are those of `PersonalData`, in hex. */
export interface PersonState {
  name: string;
  roles: Role[];
  scopes: RoleScopes;
  nationalCodeIndex: string | null;
  mobileIndex: string | null;
  email: string | null;
}

/** An account with which a batch has to do. */
export interface KnownPerson {
  readonly id: string;
  readonly state: PersonState;
  readonly usernames: ReadonlyMap<string, UsernameKind>;
}

/** A row with the indexes of its personal data. */
export interface IndexedRow {
  readonly row: PersonRow;
  readonly nationalCodeIndex: string;
  readonly mobileIndex: string | null;
}

export interface PersonChange {
  readonly id: string;
  /** Absent: the account is new. */
  readonly before?: PersonState;
  readonly after: PersonState;
  /** The values behind changed indexes, to be sealed. */
  readonly nationalCode?: string;
  readonly mobile?: string;
}

export type RowOutcome =
  | { readonly is: 'created' | 'updated' | 'unchanged'; readonly moved: boolean }
  | { readonly is: 'refused'; readonly field: ImportColumn; readonly code: ImportErrorCode };

export interface PeoplePlan {
  /** In the order of the rows. */
  readonly outcomes: readonly RowOutcome[];
  /** Accounts that are new or different, each once. */
  readonly changes: readonly PersonChange[];
  /** Usernames that nobody had. */
  readonly given: readonly { readonly username: string; readonly accountId: string }[];
  /** School codes that go from one manager to another. */
  readonly moved: readonly { readonly username: string; readonly from: string; readonly to: string }[];
}

/** A role may have so many; the events that tell of it hold no more. */
const scopesMax = 100;

interface Person {
  readonly id: string;
  readonly before: PersonState | undefined;
  readonly usernames: Map<string, UsernameKind>;
  state: PersonState;
  nationalCode?: string;
  mobile?: string;
}

/**
 * Decides what a batch of rows comes to, without any effect: who is meant, what of them is different, and who is refused
 * (IDN-203). A person is found by national code, else by the code itself where that account has no national code yet.
 * What is there already changes nothing, so the same file again comes to nothing.
 * @param known every account that has one of the rows' national codes, usernames or e-mails
 */
export function planPeople(
  kind: PeopleKind,
  rows: readonly IndexedRow[],
  known: readonly KnownPerson[],
  newId: () => string,
): PeoplePlan {
  return new Planner(kind, known, newId).plan(rows);
}

class Planner {
  private readonly people: Person[];
  private readonly byNationalCode = new Map<string, Person>();
  private readonly byUsername = new Map<string, Person>();
  private readonly byEmail = new Map<string, Person>();
  private readonly given = new Map<string, string>();
  private readonly moved: { username: string; from: string; to: string }[] = [];

  constructor(
    private readonly kind: PeopleKind,
    known: readonly KnownPerson[],
    private readonly newId: () => string,
  ) {
    this.people = known.map(({ id, state, usernames }) => ({
      id,
      before: state,
      state,
      usernames: new Map(usernames),
    }));
    for (const person of this.people) this.index(person);
  }

  plan(rows: readonly IndexedRow[]): PeoplePlan {
    const outcomes = rows.map((row) => this.take(row));
    const changes = this.people
      .filter(({ before, state }) => before !== state)
      .map(({ id, before, state, nationalCode, mobile }) => ({
        id,
        before,
        after: state,
        nationalCode,
        mobile,
      }));
    const given = [...this.given].map(([username, accountId]) => ({ username, accountId }));
    return { outcomes, changes, given, moved: this.moved };
  }

  private index(person: Person): void {
    const { nationalCodeIndex, email } = person.state;
    if (nationalCodeIndex) this.byNationalCode.set(nationalCodeIndex, person);
    if (email) this.byEmail.set(email, person);
    for (const username of person.usernames.keys()) this.byUsername.set(username, person);
  }

  private take({ row, nationalCodeIndex, mobileIndex }: IndexedRow): RowOutcome {
    const rule = peopleRules[this.kind];
    const refused = (field: ImportColumn, code: ImportErrorCode): RowOutcome => ({
      is: 'refused',
      field,
      code,
    });
    const owner = this.byUsername.get(row.code);
    const isOfKind = owner?.usernames.get(row.code) === rule.usernameKind;
    const nameless = owner && isOfKind && owner.state.nationalCodeIndex === null ? owner : undefined;
    const found = this.byNationalCode.get(nationalCodeIndex) ?? nameless;
    const moves = owner !== undefined && owner !== found;
    if (moves && !(isOfKind && row.replace && rule.usernameKind === 'school_code'))
      return isOfKind ? refused('nationalCode', 'belongs_to_another') : refused('code', 'username_taken');
    const emailOwner = row.email === undefined ? undefined : this.byEmail.get(row.email);
    if (emailOwner && emailOwner !== found) return refused('email', 'email_taken');
    const scopes = scopesAfter(found?.state.scopes[rule.role] ?? [], row.scopes, rule.holds);
    if (scopes.length > scopesMax) return refused(rule.scopes[0]?.column ?? 'code', 'too_many');

    const person = found ?? this.newPerson();
    const before = person.state;
    const isNew = !found;
    const after: PersonState = {
      name: row.name,
      roles: before.roles.includes(rule.role) ? before.roles : [...before.roles, rule.role],
      scopes: scopes.length > 0 ? { ...before.scopes, [rule.role]: scopes } : before.scopes,
      nationalCodeIndex: before.nationalCodeIndex ?? nationalCodeIndex,
      mobileIndex: mobileIndex ?? before.mobileIndex,
      email: row.email ?? before.email,
    };
    if (after.nationalCodeIndex !== before.nationalCodeIndex) person.nationalCode = row.nationalCode;
    if (after.mobileIndex !== before.mobileIndex) person.mobile = row.mobile;
    const isSame = JSON.stringify(after) === JSON.stringify(before);
    if (!isSame) person.state = after;
    if (moves) this.move(row.code, owner, person);
    else if (!owner) {
      this.given.set(row.code, person.id);
      person.usernames.set(row.code, rule.usernameKind);
    }
    this.index(person);
    if (isNew) return { is: 'created', moved: moves };
    return { is: isSame && owner === person ? 'unchanged' : 'updated', moved: moves };
  }

  private newPerson(): Person {
    const state: PersonState = {
      name: '',
      roles: [],
      scopes: {},
      nationalCodeIndex: null,
      mobileIndex: null,
      email: null,
    };
    const person: Person = { id: this.newId(), before: undefined, state, usernames: new Map() };
    this.people.push(person);
    return person;
  }

  /** The code and the school of the role that it stands for; the last school takes the role along. */
  private move(code: string, from: Person, to: Person): void {
    const kind = from.usernames.get(code);
    from.usernames.delete(code);
    if (kind) to.usernames.set(code, kind);
    const { role } = peopleRules.school_managers;
    const left = (from.state.scopes[role] ?? []).filter((scope) => scope !== `school:${code}`);
    const others = Object.fromEntries(Object.entries(from.state.scopes).filter(([of]) => of !== role));
    from.state = {
      ...from.state,
      roles: left.length > 0 ? from.state.roles : from.state.roles.filter((of) => of !== role),
      scopes: left.length > 0 ? { ...others, [role]: left } : others,
    };
    this.byUsername.delete(code);
    // One that was given in this very batch has not been anybody's yet.
    if (this.given.has(code)) this.given.set(code, to.id);
    else this.moved.push({ username: code, from: from.id, to: to.id });
  }
}

/** As they were, when they say the same: the order of scopes means nothing. */
function scopesAfter(
  held: readonly Scope[],
  said: readonly Scope[],
  holds: 'one' | 'several',
): readonly Scope[] {
  const wanted = holds === 'one' ? [...said] : [...new Set([...held, ...said])];
  const isSame = wanted.length === held.length && wanted.every((scope) => held.includes(scope));
  return isSame ? held : wanted;
}
