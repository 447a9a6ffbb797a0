import { mkdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { chromium } from 'playwright-core';
import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';

export type Width = 320 | 390 | 768 | 1024 | 1280 | 1440 | 1920;
export type Theme = 'light' | 'dark';
const heights: Readonly<Record<Width, number>> = {
  320: 640,
  390: 844,
  768: 1024,
  1024: 768,
  1280: 800,
  1440: 900,
  1920: 1080,
};

const root = resolve(__dirname, '../..');
const screens = resolve(root, '.local/screens');
const web = resolve(root, 'apps/web/src');
const waitMs = 30_000;

/**
 * The panel's own words, so that a test looks for what is written and not for what was.
 * @param places folders of features and parts, or files of words; `''`: those of the shell. Of one key the last wins
 */
export function words(...places: readonly string[]): Readonly<Record<string, string>> {
  const read = (place: string): Record<string, string> => {
    const path = place.endsWith('.json') ? resolve(web, place) : resolve(web, place || 'i18n', 'fa.json');
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string>;
  };
  return Object.assign({}, ...places.map(read)) as Record<string, string>;
}

/** A text with its `{holes}` filled as the panel does it. */
export function filled(text: string, values: Readonly<Record<string, string | number>>): string {
  return text.replace(/\{(\w+)\}/g, (_whole, name: string) => digits(String(values[name])));
}

/** A count, or the digits of a number that is no count, as the panel shows them. */
export function grouped(value: number | string): string {
  return digits(typeof value === 'string' ? value : value.toLocaleString('en-US').replaceAll(',', '٬'));
}

export function digits(text: string): string {
  return text.replace(/\d/g, (digit) => '۰۱۲۳۴۵۶۷۸۹'[Number(digit)] ?? digit);
}

interface Violation {
  readonly id: string;
  readonly impact?: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** axe-core in a page. */
interface Axe {
  /** What says how grave a rule is; axe-core's own list of rules leaves it out. */
  readonly _audit: { readonly rules: readonly { readonly id: string; readonly impact?: string }[] };
  run(of: Document, options: object): Promise<{ violations: Violation[] }>;
}

/** Debian's Chromium with the panel of a running system, as people see it: its real policy, its real scripts. */
export class PanelBrowser {
  private constructor(
    private readonly browser: Browser,
    private readonly baseUrl: string,
  ) {}

  /** @param flags further ones of Chromium's command line */
  static async start(httpPort: number, flags: readonly string[] = []): Promise<PanelBrowser> {
    const executablePath = process.env['TEST_CHROMIUM'] ?? '/usr/bin/chromium';
    const browser = await chromium.launch({ executablePath, args: ['--no-sandbox', ...flags] });
    return new PanelBrowser(browser, `http://127.0.0.1:${httpPort}`);
  }

  /** Somebody else's browser: no cookies yet. */
  async open(width: Width = 1440, theme: Theme = 'light'): Promise<PanelPage> {
    const context = await this.browser.newContext({
      baseURL: this.baseUrl,
      viewport: { width, height: heights[width] },
      colorScheme: theme,
      locale: 'fa-IR',
      timezoneId: 'Asia/Tehran',
      reducedMotion: 'reduce',
      acceptDownloads: true,
    });
    context.setDefaultTimeout(waitMs);
    return new PanelPage(context, await context.newPage());
  }

  async close(): Promise<void> {
    await this.browser.close();
  }
}

const axe = readFileSync(require.resolve('axe-core/axe.min.js'), 'utf8');

export class PanelPage {
  /** Errors of the console and of scripts since the last look. */
  private readonly said: string[] = [];

  constructor(
    readonly context: BrowserContext,
    readonly page: Page,
  ) {
    page.on('console', (message) => {
      if (message.type() === 'error') this.said.push(`${message.text()} (${message.location().url})`);
    });
    page.on('pageerror', (error) => this.said.push(error.message));
  }

  /** Another page of the same person, signed in as this one is. */
  async beside(width: Width, theme: Theme): Promise<PanelPage> {
    const other = new PanelPage(this.context, await this.context.newPage());
    await other.page.emulateMedia({ colorScheme: theme, reducedMotion: 'reduce' });
    await other.resize(width);
    return other;
  }

  /** As a page of somebody who signed in earlier: the cookie, and the panel's hint that there is one. The form has its own tests. */
  async signIn(username: string, password: string, to = '/home'): Promise<void> {
    const answer = await this.page.request.post('/api/v1/sessions', { data: { username, password } });
    if (!answer.ok()) throw new Error(`${username} cannot sign in: ${await answer.text()}`);
    // The lightest page of the panel's origin.
    await this.page.goto('/icon.svg');
    await this.page.evaluate(() => localStorage.setItem('peyk.signedIn', '1'));
    await this.page.goto(to);
    await this.settled();
  }

  button(name: string): Locator {
    return this.page.getByRole('button', { name, exact: true }).first();
  }

  /** Opens a page by its address, as a bookmark or a refresh does: everything is loaded again. */
  async arrive(path: string): Promise<void> {
    await this.page.goto(path);
    await this.settled();
  }

  /** Goes to another page of the panel as a click on a link does, without loading everything again. */
  async visit(path: string): Promise<void> {
    await this.page.evaluate((to) => {
      const isOther = new URL(to, window.location.href).pathname !== window.location.pathname;
      if (isOther) for (const title of document.querySelectorAll('h1')) title.dataset['left'] = '';
      window.history.pushState({}, '', to);
      window.dispatchEvent(new PopStateEvent('popstate', { state: {} }));
    }, path);
    // The page that is left stays until the code of the other is there.
    await this.page.waitForFunction(() => !document.querySelector('h1[data-left]'), undefined, {
      timeout: waitMs,
    });
    await this.settled();
  }

  /** The code of the page is there, and what it asked for, also what it asked for again (pale until it is there). */
  async settled(): Promise<void> {
    await this.page.locator('h1').first().waitFor();
    await this.page.waitForFunction(
      () =>
        !document.querySelector(
          '.page-progress, .ant-skeleton-active, .ant-spin-spinning, [aria-busy="true"]',
        ),
      undefined,
      { timeout: waitMs },
    );
    await this.page.evaluate(() => document.fonts.ready);
    // Colours that are on their way from one to the other are neither.
    await this.page.waitForFunction(
      () => !document.getAnimations().some(({ effect }) => effect?.getComputedTiming().endTime !== Infinity),
      undefined,
      { timeout: waitMs },
    );
  }

  async resize(width: Width): Promise<void> {
    await this.page.setViewportSize({ width, height: heights[width] });
    // What measures itself by the new width does so in the next frame.
    await this.page.evaluate(
      () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
    );
  }

  /** By the button at the top, as people do (WEB-006). */
  async theme(theme: Theme): Promise<void> {
    const fa = words('');
    const label = (theme === 'dark' ? fa['darkTheme'] : fa['lightTheme']) ?? '';
    const button = this.page.getByRole('button', { name: label, exact: true });
    if ((await button.count()) > 0) await button.first().click();
    await this.page.waitForFunction((wanted) => document.documentElement.dataset['theme'] === wanted, theme);
    await this.settled();
  }

  /** What the page says where it could not be drawn, or is not for this person. */
  async broken(): Promise<string[]> {
    const fa = words('');
    const said = await this.page.locator('.ant-result-title').allTextContents();
    return said.filter((title) => title === fa['pageFailed'] || title === fa['forbidden']);
  }

  /** Lines that say an amount in Rial: people count in Toman, and read Rial only in brackets, where a bank says it. */
  async rials(): Promise<string[]> {
    const text = await this.page.locator('body').innerText();
    return text.split('\n').filter((line) => line.replace(/\([^()]*ریال\)/g, '').includes('ریال'));
  }

  /** What axe-core calls serious or critical; `colours`: only what a theme can change. */
  async violations(what: 'all' | 'colours' = 'all'): Promise<string[]> {
    if (!(await this.page.evaluate(() => 'axe' in window))) await this.page.evaluate(axe);
    const found = await this.page.evaluate(
      async (options) => {
        const runner = (window as unknown as { axe: Axe }).axe;
        // A rule's own impact is that of all that it finds.
        const lesser = runner._audit.rules.filter(
          ({ impact }) => impact === 'minor' || impact === 'moderate',
        );
        const rules = Object.fromEntries(lesser.map(({ id }) => [id, { enabled: false }]));
        return (await runner.run(document, { rules, ...options })).violations;
      },
      {
        resultTypes: ['violations'],
        // What it would load beforehand serves the rule about sound that plays by itself alone, which is a moderate one.
        preload: false,
        // To make one for each element takes a third of the time; what is wrong is named by its HTML.
        selectors: false,
        ...(what === 'colours' ? { runOnly: { type: 'rule', values: ['color-contrast'] } } : {}),
      },
    );
    return found
      .filter(({ impact }) => impact === 'serious' || impact === 'critical')
      .map(
        ({ id, nodes }) =>
          `${id}: ${nodes
            .slice(0, 3)
            .map(({ html, failureSummary }) => `${html} (${failureSummary?.replace(/\s+/g, ' ')})`)
            .join(' | ')}`,
      );
  }

  /** What makes the page wider than the window, the widest first: at most three elements and their pixels outside. */
  overflow(): Promise<string[]> {
    return this.page.evaluate(() => {
      const { clientWidth, scrollWidth } = document.documentElement;
      if (scrollWidth <= clientWidth) return [];
      const outside = (element: Element): number => {
        const { left, right } = element.getBoundingClientRect();
        return Math.max(-left, right - clientWidth);
      };
      return [...document.body.querySelectorAll('*')]
        .map((element) => ({ element, pixels: Math.round(outside(element)) }))
        .sort((one, other) => other.pixels - one.pixels)
        .slice(0, 3)
        .map(({ element, pixels }) => `${pixels} px outside: ${element.tagName} ${element.className}`);
    });
  }

  /** Text that cannot be read whole: cut off without a title, a word broken in two, or one text over another. */
  clipped(): Promise<string[]> {
    return this.page.evaluate(findClipped);
  }

  /** Kept for people to look at: `.local/screens/<name>-<width>-<theme>.png`. */
  async shot(name: string, width: Width, theme: Theme): Promise<void> {
    mkdirSync(screens, { recursive: true });
    await this.page.screenshot({ path: resolve(screens, `${name}-${width}-${theme}.png`), fullPage: true });
  }

  /** Takes what was said since the last look. */
  errors(): string[] {
    return this.said.splice(0);
  }

  async close(): Promise<void> {
    await this.context.close();
  }
}

/** Runs in the page. What lies over it on purpose (bars that stay, windows, what is read aloud only) is left out. */
function findClipped(): string[] {
  const said = new Set<string>();
  const persianWord = /[\u0620-\u06ff\u200c]{3,}/g;
  interface Piece {
    readonly element: Element;
    readonly box: DOMRect;
    readonly text: string;
  }
  const pieces: Piece[] = [];
  const nameOf = (element: Element): string =>
    `${element.tagName.toLowerCase()}${element.className && typeof element.className === 'string' ? `.${element.className.split(' ')[0]}` : ''}`;
  const hasTitle = (element: Element): boolean =>
    element.closest('[title]:not([title=""]), [aria-describedby]') !== null;
  /** Nearest first; up to what scrolls, since what is outside of that is reached. */
  const cutters = (element: Element): readonly Element[] => {
    const found: Element[] = [];
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement) {
      const { overflowX, position } = getComputedStyle(at);
      if (overflowX === 'auto' || overflowX === 'scroll') break;
      if (overflowX === 'hidden' || overflowX === 'clip') found.push(at);
      if (position === 'fixed') break;
    }
    return found;
  };
  const scrolled = (element: Element): readonly Element[] => {
    const found: Element[] = [];
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement)
      if (/auto|scroll/.test(getComputedStyle(at).overflowY)) found.push(at);
    return found;
  };
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    const text = node.textContent?.trim() ?? '';
    if (!element || text === '') continue;
    if (element.closest('script, style, svg, canvas, option, .only-read, [aria-hidden="true"], [inert]'))
      continue;
    if (!element.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    const frames = scrolled(element).map((each) => each.getBoundingClientRect());
    const boxes = [...range.getClientRects()].filter(
      ({ width, height, top, bottom }) =>
        width > 1 &&
        height > 1 &&
        // What is scrolled out of its box is not seen, and lies over nothing.
        frames.every((frame) => top >= frame.top - 2 && bottom <= frame.bottom + 2),
    );
    if (boxes.length === 0) continue;
    const around = cutters(element);
    // Of one pixel or none: for those who hear the page.
    if (around.some((each) => each.clientWidth <= 1 || each.clientHeight <= 1)) continue;
    const short = text.slice(0, 40);
    for (const cutter of around) {
      const frame = cutter.getBoundingClientRect();
      const cut = boxes.some(({ left, right }) => left < frame.left - 1.5 || right > frame.right + 1.5);
      const low = boxes.some(({ bottom, height }) => bottom > frame.bottom + height / 2);
      if ((cut || low) && !hasTitle(element)) said.add(`cut off by ${nameOf(cutter)}: ${short}`);
    }
    if (boxes.length > 1) {
      for (const { 0: word, index } of (node.textContent ?? '').matchAll(persianWord)) {
        const part = document.createRange();
        part.setStart(node, index);
        part.setEnd(node, index + word.length);
        const lines = new Set([...part.getClientRects()].map(({ top }) => Math.round(top)));
        if (lines.size > 1) said.add(`broken in mid-word in ${nameOf(element)}: ${word}`);
      }
    }
    let over = false;
    for (let at: Element | null = element; at && at !== document.body; at = at.parentElement)
      over ||= ['fixed', 'sticky'].includes(getComputedStyle(at).position);
    if (!over) for (const box of boxes) pieces.push({ element, box, text: short });
  }
  pieces.sort((one, other) => one.box.top - other.box.top);
  for (const [index, one] of pieces.entries()) {
    for (let at = index + 1; at < pieces.length; at += 1) {
      const other = pieces[at];
      if (!other || other.box.top >= one.box.bottom) break;
      if (other.element === one.element) continue;
      const width = Math.min(one.box.right, other.box.right) - Math.max(one.box.left, other.box.left);
      const height = Math.min(one.box.bottom, other.box.bottom) - other.box.top;
      // Boxes of lines touch; letters that lie over letters share more than that.
      if (width > 3 && height > Math.min(one.box.height, other.box.height) / 2)
        said.add(`one over the other in ${nameOf(one.element)}: ${one.text} / ${other.text}`);
    }
  }
  return [...said].slice(0, 10);
}
