import { fieldsOfStep, lastStep, stepAddress, stepNamed, stepOf } from './sign-up-steps';

describe('steps of the sign-up', () => {
  it('go back to the first one with something refused', () => {
    expect(stepOf(['code', 'username'])).toBe(1);
    expect(stepOf(['mobile'])).toBe(2);
    expect(stepOf(['password', 'email'])).toBe(1);
    expect(stepOf(['plan'])).toBe(0);
    expect(stepOf(['code'])).toBe(lastStep);
    expect(stepOf([])).toBeUndefined();
    expect(stepOf(['termsVersion'])).toBeUndefined();
  });

  it('each have an address', () => {
    expect([0, 1, 2, 3].map((step) => stepNamed(stepAddress(step).split('/').pop()))).toEqual([0, 1, 2, 3]);
    expect(stepNamed('elsewhere')).toBeUndefined();
    expect(stepNamed(undefined)).toBeUndefined();
  });

  it('hold each field once', () => {
    const all = [0, 1, 2, 3].flatMap(fieldsOfStep);
    expect(new Set(all).size).toBe(all.length);
    expect(fieldsOfStep(lastStep + 1)).toEqual([]);
  });
});
