import type { UsernameKind } from '@peyk/contracts/identity';
import type { PeopleKind } from './import-kinds';
import type { PersonRow } from './import-row';
import { planPeople } from './people-plan';
import type { IndexedRow, KnownPerson, PeoplePlan, PersonState } from './people-plan';

function row(
  change: Partial<PersonRow> & { readonly who?: string; readonly phone?: string } = {},
): IndexedRow {
  const { who = 'n1', phone, ...rest } = change;
  return {
    row: {
      row: 2,
      code: '4021',
      nationalCode: `code of ${who}`,
      name: 'رضا احمدی',
      scopes: [],
      replace: false,
      ...(phone !== undefined && { mobile: phone }),
      ...rest,
    },
    nationalCodeIndex: who,
    mobileIndex: phone === undefined ? null : `index ${phone}`,
  };
}

function known(
  id: string,
  state: Partial<PersonState> = {},
  usernames: Readonly<Record<string, UsernameKind>> = {},
): KnownPerson {
  return {
    id,
    usernames: new Map(Object.entries(usernames)),
    state: {
      name: 'رضا احمدی',
      roles: ['student'],
      scopes: {},
      nationalCodeIndex: 'n1',
      mobileIndex: null,
      email: null,
      ...state,
    },
  };
}

function plan(
  kind: PeopleKind,
  rows: readonly IndexedRow[],
  people: readonly KnownPerson[] = [],
): PeoplePlan {
  let next = 1;
  return planPeople(kind, rows, people, () => `new${next++}`);
}
const outcomes = ({ outcomes: all }: PeoplePlan): string[] =>
  all.map((outcome) => (outcome.is === 'refused' ? `${outcome.field} ${outcome.code}` : outcome.is));

describe(planPeople, () => {
  it('IDN-009 makes an account whose username is the code', () => {
    const planned = plan('students', [row({ phone: '989121234567', email: 'a@b.ir' })]);
    expect(outcomes(planned)).toEqual(['created']);
    expect(planned.changes).toEqual([
      {
        id: 'new1',
        before: undefined,
        after: {
          name: 'رضا احمدی',
          roles: ['student'],
          scopes: {},
          nationalCodeIndex: 'n1',
          mobileIndex: 'index 989121234567',
          email: 'a@b.ir',
        },
        nationalCode: 'code of n1',
        mobile: '989121234567',
      },
    ]);
    expect(planned.given).toEqual([{ username: '4021', accountId: 'new1' }]);
  });

  it('IDN-203 says nothing of what is there already', () => {
    const planned = plan('students', [row()], [known('a', {}, { '4021': 'student_code' })]);
    expect(outcomes(planned)).toEqual(['unchanged']);
    expect([planned.changes, planned.given, planned.moved]).toEqual([[], [], []]);
  });

  it('IDN-201 gives the one account of a person a second role', () => {
    const planned = plan('professors', [row({ code: '77' })], [known('a', {}, { '4021': 'student_code' })]);
    expect(outcomes(planned)).toEqual(['updated']);
    expect(planned.changes).toMatchObject([{ id: 'a', after: { roles: ['student', 'professor'] } }]);
    expect(planned.given).toEqual([{ username: '77', accountId: 'a' }]);
  });

  it('IDN-203 keeps what the file does not say, and changes what it says', () => {
    const person = known(
      'a',
      { mobileIndex: 'index 1', email: 'old@b.ir', roles: ['admin', 'student'] },
      { '4021': 'student_code' },
    );
    expect(outcomes(plan('students', [row()], [person]))).toEqual(['unchanged']);
    const planned = plan('students', [row({ phone: '2', name: 'رضا کریمی' })], [person]);
    expect(planned.changes).toMatchObject([
      {
        after: { name: 'رضا کریمی', mobileIndex: 'index 2', email: 'old@b.ir', roles: ['admin', 'student'] },
        mobile: '2',
      },
    ]);
    expect(planned.changes[0]).not.toHaveProperty('nationalCode', 'code of n1');
  });

  it('IDN-203 finds by its code an account without national code, and no other', () => {
    const nameless = known('a', { nationalCodeIndex: null }, { '4021': 'student_code' });
    expect(plan('students', [row()], [nameless]).changes).toMatchObject([
      { id: 'a', nationalCode: 'code of n1', after: { nationalCodeIndex: 'n1' } },
    ]);
    const chosen = known('a', { nationalCodeIndex: null }, { '4021': 'chosen' });
    expect(outcomes(plan('students', [row()], [chosen]))).toEqual(['code username_taken']);
    const another = known('a', { nationalCodeIndex: 'n2' }, { '4021': 'student_code' });
    expect(outcomes(plan('students', [row()], [another]))).toEqual(['nationalCode belongs_to_another']);
    // A person who is there does not get another's code either.
    expect(outcomes(plan('students', [row()], [another, known('b')]))).toEqual([
      'nationalCode belongs_to_another',
    ]);
  });

  it('IDN-203 refuses an e-mail of another person, also of one in the same batch', () => {
    const other = known('a', { nationalCodeIndex: 'n2', email: 'a@b.ir' });
    expect(outcomes(plan('students', [row({ email: 'a@b.ir' })], [other]))).toEqual(['email email_taken']);
    const rows = [row({ email: 'a@b.ir' }), row({ who: 'n2', code: '2', email: 'a@b.ir' })];
    const planned = plan('students', rows);
    expect(outcomes(planned)).toEqual(['created', 'email email_taken']);
    expect(planned.given).toHaveLength(1);
  });

  it('IDN-203 makes one account of two rows about one new person', () => {
    const planned = plan('school_managers', [
      row({ code: '10', scopes: ['school:10'] }),
      row({ code: '11', scopes: ['school:11'] }),
    ]);
    expect(outcomes(planned)).toEqual(['created', 'updated']);
    expect(planned.changes).toMatchObject([
      { id: 'new1', after: { scopes: { school_manager: ['school:10', 'school:11'] } } },
    ]);
    expect(planned.given.map(({ accountId }) => accountId)).toEqual(['new1', 'new1']);
  });

  it('IDN-201 adds scopes where several are held and replaces where one is', () => {
    const agent = known('a', {
      roles: ['support_agent'],
      scopes: { support_agent: ['portal:a'], student: [] },
    });
    expect(
      plan('support_agents', [row({ scopes: ['department:x'] })], [agent]).changes[0]?.after.scopes,
    ).toEqual({ support_agent: ['portal:a', 'department:x'], student: [] });
    const expert = known('a', { roles: ['district_expert'], scopes: { district_expert: ['district:1'] } });
    expect(
      plan('district_experts', [row({ scopes: ['district:2'] })], [expert]).changes[0]?.after.scopes,
    ).toEqual({ district_expert: ['district:2'] });
    const many = known('a', {
      scopes: { support_agent: Array.from({ length: 100 }, (_, i) => `portal:${i}` as const) },
    });
    expect(outcomes(plan('support_agents', [row({ scopes: ['portal:z'] })], [many]))).toEqual([
      'portal too_many',
    ]);
  });

  it('IDN-008 moves a school code to another manager only when the row says so', () => {
    const old = known(
      'old',
      {
        nationalCodeIndex: 'n2',
        roles: ['school_manager', 'professor'],
        scopes: { school_manager: ['school:10'] },
      },
      { '10': 'school_code', '77': 'professor_code' },
    );
    const said = { code: '10', scopes: ['school:10'] as const };
    expect(outcomes(plan('school_managers', [row(said)], [old]))).toEqual([
      'nationalCode belongs_to_another',
    ]);
    const planned = plan('school_managers', [row({ ...said, replace: true })], [old]);
    expect(planned.outcomes).toEqual([{ is: 'created', moved: true }]);
    expect(planned.moved).toEqual([{ username: '10', from: 'old', to: 'new1' }]);
    expect(planned.given).toEqual([]);
    expect(planned.changes).toMatchObject([
      { id: 'old', after: { roles: ['professor'], scopes: {} } },
      { id: 'new1', after: { roles: ['school_manager'], scopes: { school_manager: ['school:10'] } } },
    ]);
  });

  it('IDN-008 leaves the old manager the other schools, and never moves another kind of username', () => {
    const old = known(
      'old',
      {
        nationalCodeIndex: 'n2',
        roles: ['school_manager'],
        scopes: { school_manager: ['school:10', 'school:11'] },
      },
      { '10': 'school_code', '11': 'school_code' },
    );
    const replacing = row({ code: '10', scopes: ['school:10'], replace: true });
    const planned = plan('school_managers', [replacing], [old]);
    expect(planned.changes).toMatchObject([
      { id: 'old', after: { roles: ['school_manager'], scopes: { school_manager: ['school:11'] } } },
      {},
    ]);
    const chosen = known('x', { nationalCodeIndex: 'n2' }, { '10': 'chosen' });
    expect(outcomes(plan('school_managers', [replacing], [chosen]))).toEqual(['code username_taken']);
  });
});
