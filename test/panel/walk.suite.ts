import { randomUUID } from 'node:crypto';
import type { TopupDto } from '@peyk/contracts/billing';
import type { AccountsDto, ImportDto, SignedInDto } from '@peyk/contracts/identity';
import type { LinksDto, SendsDto, ThreadsDto } from '@peyk/contracts/sms';
import { eventually } from '@peyk/testing';
import { ApiClient } from '../support/api';
import type { PanelPage, Theme, Width } from '../support/panel';
import { demo } from '../support/system';
import type { PeykSystem } from '../support/system';
import { stage } from './panel';
import { listedScreens } from './screen-list';

jest.setTimeout(600_000);

const people = {
  visitor: undefined,
  demo: demo.customer,
  reseller: { username: 'reseller', password: demo.customer.password },
  admin: demo.admin,
} as const;
type Person = keyof typeof people;

/** Whose screens are opened by whom, with all that is looked at. */
const roleOf: Readonly<Record<Person, string>> = {
  visitor: '',
  demo: 'sms_customer',
  reseller: 'reseller',
  admin: 'admin',
};

/** What all of somebody's screens together are asked for. */
const proved: Partial<Record<Person, string>> = { visitor: 'WEB-212 ', admin: 'WEB-211 ' };

/** Who looks at a screen: the one to whom it shows most. */
function personOf(who: string): Person {
  if (who === "'public'") return 'visitor';
  if (who === 'customers' || who === "'everyone'" || who.includes("'sms_customer'")) return 'demo';
  if (who.includes("'admin'")) return 'admin';
  if (who.includes("'reseller'")) return 'reseller';
  throw new Error(`nobody here may open a screen for ${who}`);
}

interface View {
  readonly width: Width;
  readonly theme: Theme;
  readonly axe?: 'all' | 'colours';
  /** By its address, as a bookmark or a refresh does, or from the page before without loading it again. */
  readonly how: 'address' | 'link';
}
/** What axe looks for where: colours do not change with the width, nor anything else with the theme. */
const main: readonly View[] = [
  { width: 1440, theme: 'light', axe: 'all', how: 'address' },
  { width: 390, theme: 'dark', axe: 'all', how: 'link' },
];
/** Further ones that a page must fit: the smallest phone, tablets, laptops, a desktop. */
const otherWidths: readonly Width[] = [320, 390, 768, 1024, 1280, 1920];
/** The other two, and pictures for people to look at, take longer than they find: `npm run screens`. */
const all: readonly View[] = [
  { width: 1440, theme: 'light', axe: 'all', how: 'address' },
  { width: 1440, theme: 'dark', axe: 'colours', how: 'link' },
  { width: 390, theme: 'dark', axe: 'all', how: 'link' },
  { width: 390, theme: 'light', axe: 'colours', how: 'link' },
];
const forPeople = process.env['PANEL_VIEWS'] === 'all';
const views = forPeople ? all : main;

const list = listedScreens().map((screen) => ({ ...screen, person: personOf(screen.who) }));

describe.each(Object.keys(people) as Person[])('every screen that %s opens', (person) => {
  // A page a view, since to change the width and the theme of one costs more than to open the screen in both.
  let pages: readonly (View & { readonly page: PanelPage })[] = [];
  let things: Readonly<Record<string, string>>;

  beforeAll(async () => {
    const { system, browser } = await stage();
    things = await thingsOf(system);
    const account = people[person];
    const [first] = views;
    const page = await browser.open(first?.width, first?.theme);
    if (account) await page.signIn(account.username, account.password);
    else await page.page.goto('/');
    await page.settled();
    pages = await Promise.all(
      views.map(async (view) => ({
        ...view,
        page: view === first ? page : await page.beside(view.width, view.theme),
      })),
    );
    for (const { page: other } of pages.slice(1)) {
      await other.page.goto(account ? '/home' : '/');
      await other.settled();
    }
  });
  afterAll(() => pages[0]?.page.close());

  const paths = list.filter((screen) => screen.person === person).map(({ path }) => path);
  it('is some', () => expect(paths.length).toBeGreaterThan(0));

  it.each(paths)(
    `WEB-007 WEB-206 ${proved[person] ?? ''}%s fits, is readable and silent on a phone and a large screen, light and dark`,
    async (path) => {
      const name = path === '/' ? 'public-home' : path.slice(1).replace(/[/:]+/g, '-');
      const wrong = await Promise.all(
        pages.map(async ({ page, width, theme, axe, how }) => {
          page.errors();
          await (how === 'address'
            ? page.arrive(addressOf(path, things))
            : page.visit(addressOf(path, things)));
          const found: string[] = [
            ...(await page.broken()),
            ...(await page.rials()),
            ...(axe ? await page.violations(axe) : []),
            ...(await page.overflow()),
            ...(await page.clipped()),
          ];
          if (how === 'address') {
            for (const other of otherWidths) {
              await page.resize(other);
              const seen = [...(await page.overflow()), ...(await page.clipped())];
              found.push(...seen.map((what) => `at ${other}: ${what}`));
            }
            await page.resize(width);
          }
          const wrongHere = [...found, ...page.errors()];
          if (forPeople || wrongHere.length > 0) await page.shot(name, width, theme);
          return wrongHere.map((what) => `${width} ${theme}: ${what}`);
        }),
      );
      expect(wrong.flat()).toEqual([]);
    },
  );
});

/**
 * A screen may break for one role and not for another, and by its address and not by a click: so each is opened by its
 * address for each role that has it. What it looks like is seen above.
 */
describe.each(['reseller', 'admin', 'support_agent', 'professor'] as const)(
  'every screen that the role %s has',
  (role) => {
    let page: PanelPage;
    let things: Readonly<Record<string, string>>;

    beforeAll(async () => {
      const { system, browser } = await stage();
      things = await thingsOf(system);
      const { username, password } = await personWith(role, system);
      page = await browser.open();
      await page.signIn(username, password);
      await page.settled();
    });
    afterAll(() => page?.close());

    // The one who is shown most has opened theirs by address above.
    const paths = list
      .filter(({ who, person }) => mayOpen(who, role) && roleOf[person] !== role)
      .map(({ path }) => path);
    it.each(paths)('WEB-202 %s opens by its address', async (path) => {
      page.errors();
      await page.arrive(addressOf(path, things));
      // Things of others are not there for this person, and the page says so.
      const errors = page.errors().filter((error) => !error.includes('status of 404'));
      expect([
        ...(await page.broken()),
        ...(await page.rials()),
        ...(await page.overflow()),
        ...errors,
      ]).toEqual([]);
    });
  },
);

function mayOpen(who: string, role: string): boolean {
  if (who === "'public'") return false;
  if (who === 'customers') return ['sms_customer', 'reseller'].includes(role);
  return who === "'everyone'" || who.includes(`'${role}'`);
}

/** Of the demo, or made by its administrator, with a first password. */
async function personWith(
  role: string,
  system: PeykSystem,
): Promise<{ readonly username: string; readonly password: string }> {
  const known = { reseller: people.reseller, admin: people.admin }[role];
  if (known) return known;
  const username = `walk-${role.replace('_', '-')}`;
  const nationalCode = role === 'professor' ? '0084575948' : '0499370899';
  const password = 'Walk-1405-باران';
  const admin = await new ApiClient(system.baseUrl).signIn(demo.admin.username, demo.admin.password);
  await admin.request('POST', '/accounts', {
    name: 'رهگذر آزمون',
    usernames: [{ username, kind: 'chosen' }],
    grants: [{ role, scopes: [] }],
    nationalCode,
    mobile: role === 'professor' ? '09991405088' : '09991405089',
  });
  const first = new ApiClient(system.baseUrl);
  const { setPassword } = await first.request<SignedInDto>('POST', '/sessions', {
    username,
    password: nationalCode,
  });
  await first.request('POST', '/passwords/first', { token: setPassword?.token, newPassword: password });
  return { username, password };
}

function addressOf(path: string, things: Readonly<Record<string, string>>): string {
  return path.replace(/:(\w+)/g, (_whole, name: string) => {
    const thing = things[name];
    if (!thing) throw new Error(`say in thingsOf() what ${name} of ${path} is`);
    return encodeURIComponent(thing);
  });
}

let made: Promise<Readonly<Record<string, string>>> | undefined;

/** Something for each parameter of a screen's path. */
function thingsOf(system: PeykSystem): Promise<Readonly<Record<string, string>>> {
  made ??= makeThings(system);
  return made;
}

async function makeThings(system: PeykSystem): Promise<Readonly<Record<string, string>>> {
  const signIn = ({ username, password }: { username: string; password: string }): Promise<ApiClient> =>
    new ApiClient(system.baseUrl).signIn(username, password);
  const [customer, admin] = await Promise.all([signIn(demo.customer), signIn(demo.admin)]);
  const { sends } = await customer.request<SendsDto>('GET', '/sends?limit=1');
  const { links } = await admin.request<LinksDto>('GET', '/links');
  const { accounts } = await admin.request<AccountsDto>('GET', '/accounts?role=reseller');
  const topup = await customer.request<TopupDto>('POST', '/topups', {
    amountToman: 100_000,
    bank: 'zarinpal',
    idempotencyKey: randomUUID(),
  });
  const file = new FormData();
  file.append('file', new Blob(['کد ناحیه,نام\n1,ناحیه یک\n,بی کد\n']), 'districts.csv');
  const { id: importId } = await admin.request<ImportDto>('POST', '/imports/districts', file);
  await eventually(async () => {
    const { state } = await admin.request<ImportDto>('GET', `/imports/${importId}`);
    if (state !== 'checked') throw new Error(state);
  });
  await system.simulator('POST', '/inbound', {
    account: demo.systemId,
    messages: [{ from: '989121234567', to: '982000001', text: 'سلام، نوبت من کی است؟' }],
  });
  const threads = await eventually(async () => {
    const page = await customer.request<ThreadsDto>('GET', '/inbox/threads');
    if (page.threads.length === 0) throw new Error('no message came yet');
    return page.threads;
  });
  return {
    sendId: sends[0]?.id ?? '',
    linkId: links[0]?.id ?? '',
    accountId: accounts[0]?.id ?? '',
    customerId: demo.customer.id,
    topupId: topup.id,
    importId,
    threadId: threads[0]?.id ?? '',
    step: 'person',
  };
}
