import { roles, scopeKinds as allKinds, scopeKindsOf as rules } from '@peyk/contracts';
import { usernameKinds } from '@peyk/contracts/identity';
import { powersOf, roleNames, scopeKindNames, scopeKindsOf, scopeName, usernameKindNames } from './names';

describe('names of roles and scopes', () => {
  it('IDN-201 are there for every role, scope and kind of username, and scopes are those of the contracts', () => {
    expect(Object.keys(roleNames).sort()).toEqual([...roles].sort());
    expect(Object.keys(scopeKindNames).sort()).toEqual([...allKinds].sort());
    expect(Object.keys(usernameKindNames).sort()).toEqual([...usernameKinds].sort());
    expect(scopeKindsOf).toEqual(rules);
  });

  it('reads a scope with its kind, and leaves what it does not know', () => {
    expect(scopeName('school:10023')).toBe('مدرسه 10023');
    expect(scopeName('ward:7')).toBe('ward:7');
  });

  it('IDN-204 IDN-216 offers to each role what the server allows it', () => {
    expect(powersOf(['support_agent'])).toMatchObject({ manages: false, isAdmin: false, mustSayWhy: true });
    expect(powersOf(['reseller'])).toMatchObject({
      manages: true,
      mustSayWhy: false,
      gives: ['sms_customer'],
    });
    expect(powersOf(['admin', 'support_agent'])).toMatchObject({ isAdmin: true, mustSayWhy: false });
    expect(powersOf(['admin']).gives).toHaveLength(roles.length);
  });
});
