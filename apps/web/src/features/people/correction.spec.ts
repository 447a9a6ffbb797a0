import { correctionOf } from './correction';

const account = { name: 'مریم کریمی', email: 'm@example.ir', resellerId: null };
const untouched = { name: account.name, email: account.email };

describe('a correction', () => {
  it('IDN-204 sends nothing that was not changed', () => {
    expect(correctionOf(account, untouched, true)).toEqual({});
    expect(correctionOf({ ...account, email: null }, { name: account.name, email: '' }, true)).toEqual({});
  });

  it('IDN-204 keeps masked values that were left empty, and removes those that were ticked', () => {
    expect(correctionOf(account, { ...untouched, mobile: ' ', nationalCode: '' }, true)).toEqual({});
    expect(correctionOf(account, { ...untouched, mobile: '0912', mobileCleared: true }, true)).toEqual({
      mobile: null,
    });
    expect(
      correctionOf(account, { ...untouched, mobile: ' ۰۹۱۲۱۱۱۲۲۳۳ ', reason: ' تیکت ۷ ' }, true),
    ).toEqual({
      mobile: '۰۹۱۲۱۱۱۲۲۳۳',
      reason: 'تیکت ۷',
    });
  });

  it('removes an e-mail that was emptied, and moves between resellers only for who may', () => {
    const values = { ...untouched, email: '', resellerId: 'r' };
    expect(correctionOf(account, values, true)).toEqual({ email: null, resellerId: 'r' });
    expect(correctionOf(account, values, false)).toEqual({ email: null });
    expect(correctionOf({ ...account, resellerId: 'r' }, { ...values, resellerId: undefined }, true)).toEqual(
      {
        email: null,
        resellerId: null,
      },
    );
  });
});
