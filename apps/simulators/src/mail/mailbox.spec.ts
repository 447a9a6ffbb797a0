import { createTransport } from 'nodemailer';
import { Mailbox, parseMail } from './mailbox';

describe(Mailbox.name, () => {
  const mailbox = new Mailbox();
  let url: string;
  beforeAll(async () => {
    url = `smtp://127.0.0.1:${await mailbox.listen(0, '127.0.0.1')}`;
  });
  afterAll(() => mailbox.stop());

  it('keeps a mail with what a person would read', async () => {
    const text =
      'کد تعیین رمز عبور تازه: 123456\nاین سطر = بلند است و آن‌قدر ادامه دارد که در یک سطر جا نشود.';
    const subject = 'کد تعیین رمز عبور تازه به سامانه‌ی پیک، با عنوانی بلند که در یک سطر جا نمی‌شود';
    await createTransport({ url }).sendMail({ from: 'a@example.org', to: 'b@example.org', subject, text });
    expect(mailbox.mails).toMatchObject([{ from: 'a@example.org', to: ['b@example.org'], subject, text }]);
  });

  it('refuses as often as it was told', async () => {
    mailbox.refuse = 1;
    const mail = { from: 'a@example.org', to: 'c@example.org', subject: 's', text: 't' };
    await expect(createTransport({ url }).sendMail(mail)).rejects.toMatchObject({ responseCode: 451 });
    await createTransport({ url }).sendMail(mail);
    expect(mailbox.mails.filter(({ to }) => to.includes('c@example.org'))).toHaveLength(1);
  });
});

describe(parseMail, () => {
  it('reads quoted-printable and folded, encoded subjects', () => {
    const raw =
      'Subject: =?UTF-8?Q?=DA=A9=D8=AF?=\r\n =?UTF-8?B?INmI2LHZiNiv?=\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\na=3Db=\r\nc=\r\n';
    expect(parseMail(raw)).toEqual({ subject: 'کد ورود', text: 'a=bc' });
  });
});
