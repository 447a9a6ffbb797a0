import type { Locator, Page } from 'playwright-core';
import { words } from '../support/panel';
import { panelBundle } from '../support/panel-bundle';
import { onePart, say } from './bench-context';
import type { Bench } from './bench-context';
import type { Figures } from './benches';
import { quantile, round, sleep } from './measure';

const shell = words('');
const sends = words('features/sends');
const word = (of: Readonly<Record<string, string>>, key: string): string => of[key] ?? key;

/** As slow as a cheap phone. */
const slowdown = 4;
const scrollSeconds = 10;
/** A frame: 18,000 px a second at 60 frames, as a hard flick of a finger begins. */
const scrollStepPx = 300;
const loadAllTimeoutMs = 180_000;

interface Interaction {
  readonly name: string;
  readonly ms: number;
}

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

async function interactions(page: Page, sendId: string): Promise<Figures> {
  const cdp = await page.context().newCDPSession(page);
  const seen: Interaction[] = [];
  const measured = async (name: string, act: () => Promise<unknown>): Promise<void> => {
    await watch(page);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: slowdown });
    await act();
    await page.waitForTimeout(1_000);
    await cdp.send('Emulation.setCPUThrottlingRate', { rate: 1 });
    seen.push({ name, ms: await worst(page) });
  };
  /** By the mouse alone: a click of the library's own would run its scripts in the slowed page, inside of what is measured. */
  const clicked = async (name: string, target: Locator): Promise<void> => {
    await target.hover();
    const box = await target.boundingBox();
    if (!box) throw new Error(`${name}: nothing to click`);
    await measured(name, () => page.mouse.click(box.x + box.width / 2, box.y + box.height / 2));
  };
  await page.goto('/home');
  await page.waitForLoadState('networkidle');
  await clicked('theme', page.getByRole('button', { name: word(shell, 'darkTheme') }));
  await measured('palette', () => page.keyboard.press('Control+k'));
  await measured('palette, typing', () => page.keyboard.type(word(shell, 'sectionReports'), { delay: 150 }));
  await page.keyboard.press('Escape');
  await page.waitForTimeout(500);
  await clicked(
    'menu',
    page
      .getByRole('navigation', { name: word(shell, 'mainMenu') })
      .getByRole('menuitem')
      .nth(1),
  );
  await page.goto('/sends/new');
  await page.waitForLoadState('networkidle');
  await clicked('text', page.getByLabel(word(sends, 'text'), { exact: true }));
  await measured('text, typing', () => page.keyboard.type('سلام، این یک آزمایش است.', { delay: 60 }));
  await clicked('line, opening', page.getByRole('combobox', { name: word(sends, 'line') }));
  await page.keyboard.press('Escape');
  await page.goto('/sends');
  await page.waitForLoadState('networkidle');
  await clicked('list, filter opening', page.getByRole('combobox').first());
  await page.keyboard.press('Escape');
  await page.goto(`/sends/${sendId}`);
  await page.waitForLoadState('networkidle');
  await clicked('message, timeline opening', page.locator('.virtual-row button, .virtual-row a').first());
  await cdp.detach();
  return { slowdown, worstMs: Math.max(...seen.map(({ ms }) => ms)), each: seen };
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
