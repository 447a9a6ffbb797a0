import type { CDPSession, Locator, Page } from 'playwright-core';
import { words } from '../support/panel';
import { panelBundle } from '../support/panel-bundle';
import { onePart, say } from './bench-context';
import type { Bench } from './bench-context';
import type { Figures } from './benches';
import { median, quantile, round, sleep } from './measure';

const shell = words('');
const sends = words('features/new-send');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;

/** As slow as a cheap phone. */
const slowdown = 4;
const interactionRounds = 5;
const scrollSeconds = 10;
/** A frame: 18,000 px a second at 60 frames, as a hard flick of a finger begins. */
const scrollStepPx = 300;
const loadAllTimeoutMs = 180_000;

/**
 * What a person feels of the panel, in Debian's Chromium without a graphics card: frames while 100,000 messages scroll by,
 * from an interaction to the next paint on a processor slowed down 4 times, and the sizes of what is loaded.
 */
export async function panel(bench: Bench, { messages = 100_000 }: { messages?: number }): Promise<Figures> {
  const { firstLoadBytes, routeBytes } = panelBundle();
  const [largestRoute = ['', 0]] = Object.entries(routeBytes).sort(([, one], [, other]) => other - one);
  await bench.contract(0, 500, 2);
  const send = await bench.send(bench.api, await bench.list(bench.api, messages, 1), onePart);
  await bench.complete(bench.api, send.id, 300_000);
  const {
    browser,
    panel: { page },
  } = await bench.browser();
  try {
    return {
      messages,
      firstLoadKb: round(firstLoadBytes / 1_000, 1),
      largestRoute: { page: largestRoute[0], kb: round(largestRoute[1] / 1_000, 1) },
      scroll: await scroll(page, send.id, messages),
      interactionToNextPaint: await interactions(page, send.id),
    };
  } finally {
    await browser.close();
  }
}

async function scroll(page: Page, sendId: string, messages: number): Promise<Figures> {
  await page.goto(`/sends/${sendId}`);
  const body = page.locator('.virtual-table').first();
  await body.waitFor({ timeout: 30_000 });
  await body.scrollIntoViewIfNeeded();
  say('reading all messages into the table');
  const startedAt = Date.now();
  let rows = 0;
  while (rows < messages && Date.now() - startedAt < loadAllTimeoutMs) {
    rows = await body.evaluate((holder) => {
      holder.scrollTop = holder.scrollHeight;
      const row = holder.querySelector('.virtual-row');
      const height = row?.getBoundingClientRect().height || 40;
      return Math.round(holder.scrollHeight / height);
    });
    await sleep(50);
  }
  const readSeconds = (Date.now() - startedAt) / 1_000;
  say(`${rows} rows are in the table; scrolling`);
  await body.evaluate((holder) => (holder.scrollTop = 0));
  await sleep(500);
  const seen = await body.evaluate(
    async (holder, { seconds, step }) => {
      const frames: number[] = [];
      const long: number[] = [];
      const observer = new PerformanceObserver((list) =>
        long.push(...list.getEntries().map((entry) => entry.duration)),
      );
      observer.observe({ type: 'longtask' });
      const end = performance.now() + seconds * 1_000;
      let before = performance.now();
      while (before < end) {
        holder.scrollTop += step;
        const now = await new Promise<number>((done) => requestAnimationFrame(done));
        frames.push(now - before);
        before = now;
      }
      observer.disconnect();
      return { frames, long };
    },
    { seconds: scrollSeconds, step: scrollStepPx },
  );
  const seconds = seen.frames.reduce((sum, ms) => sum + ms, 0) / 1_000;
  return {
    rows,
    readSeconds: round(readSeconds, 1),
    framesPerSecond: round(seen.frames.length / seconds, 1),
    frameP95Ms: round(quantile(seen.frames, 0.95), 1),
    longTasks: seen.long.length,
    longestTaskMs: round(Math.max(0, ...seen.long), 1),
  };
}

/** Each is done in pages that were just loaded, several times: the median of what the machine made of it. */
async function interactions(page: Page, sendId: string): Promise<Figures> {
  const cdp = await page.context().newCDPSession(page);
  const seen = new Map<string, number[]>();
  for (let round = 0; round < interactionRounds; round++) {
    say(`interactions, round ${round + 1} of ${interactionRounds}`);
    await interact(page, cdp, sendId, (name, ms) => seen.set(name, [...(seen.get(name) ?? []), ms]));
  }
  await cdp.detach();
  const each = [...seen].map(([name, all]) => ({ name, ms: median(all), worstMs: Math.max(...all) }));
  return { slowdown, rounds: interactionRounds, worstMs: Math.max(...each.map(({ ms }) => ms)), each };
}

async function interact(
  page: Page,
  cdp: CDPSession,
  sendId: string,
  note: (name: string, ms: number) => void,
): Promise<void> {
  const measured = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    await watch(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await act();
    await page.waitForTimeout(1_000);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    note(name, await worst(page));
  };
  /** By the mouse alone: a click of the library's own would run its scripts in the slowed page, inside of what is measured. */
  const clicked = async (name: string, target: Locator): Promise<void> => {
    await target.hover();
    // A hand that has come to it takes this long to press.
    await page.waitForTimeout(200);
    const box = await target.boundingBox();
    if (!box) throw new Error(`${name}: nothing to click`);
    await measured(name, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
  };
  const loaded = async (path: string): Promise<void> => {
    await page.goto(path);
    await page.waitForLoadState('networkidle');
  };
  await loaded('/home');
  const isDark = (await page.locator('html').getAttribute('data-theme')) === 'dark';
  const themeName = word(shell, isDark ? 'lightTheme' : 'darkTheme');
  await clicked('theme', page.getByRole('button', { name: themeName }));
  await measured('palette', () => page.keyboard.press('Control+k'));
  await measured('palette, typing', () =>
    page.keyboard.type(word(words('features/sends'), 'sends'), { delay: 150 }),
  );
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  const bar = page.getByRole('navigation', { name: word(shell, 'sectionsNav') });
  await clicked('menu', bar.getByRole('link').nth(1));
  await loaded('/sends/new');
  await clicked('text', page.getByLabel(word(sends, 'text'), { exact: true }));
  await measured('text, typing', () => page.keyboard.type('سلام، این یک آزمایش است.', { delay: 60 }));
  await clicked('line, opening', page.getByRole('combobox', { name: word(sends, 'line') }));
  await page.keyboard.press('Escape');
  await loaded('/sends');
  await clicked('list, filter opening', page.getByRole('combobox').first());
  await page.keyboard.press('Escape');
  await loaded(`/sends/${sendId}`);
  await clicked('message, timeline opening', page.locator('.virtual-row button, .virtual-row a').first());
}

/** Event Timing: from the input to the next frame, rounded to 8 ms by the browser. */
function watch(page: Page): Promise<void> {
  return page.evaluate(() => {
    const window_ = window as unknown as { seen: number[]; observer?: PerformanceObserver };
    window_.observer?.disconnect();
    window_.seen = [];
    window_.observer = new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) {
        if ((entry as unknown as { interactionId: number }).interactionId > 0)
          window_.seen.push(entry.duration);
      }
    });
    window_.observer.observe({ type: 'event', durationThreshold: 16 } as PerformanceObserverInit);
  });
}

function worst(page: Page): Promise<number> {
  return page.evaluate(() => Math.max(0, ...(window as unknown as { seen: number[] }).seen));
}
