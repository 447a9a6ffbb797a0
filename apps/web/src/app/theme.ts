import { useSyncExternalStore } from 'react';
import type { Theme } from './antd-themes';

const key = 'peyk.theme';
const system = window.matchMedia('(prefers-color-scheme: dark)');

/** The chosen theme is kept on this device; until one is chosen, the system's setting holds (WEB-005, WEB-203). */
class ThemeStore {
  private theme: Theme = document.documentElement.dataset['theme'] === 'dark' ? 'dark' : 'light';
  private readonly listeners = new Set<() => void>();

  constructor() {
    system.addEventListener('change', ({ matches }) => {
      if (!stored()) this.show(matches ? 'dark' : 'light');
    });
  }

  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };
  readonly current = (): Theme => this.theme;

  toggle(): void {
    const next = this.theme === 'dark' ? 'light' : 'dark';
    try {
      localStorage.setItem(key, next);
    } catch {
      // It holds until the page is closed.
    }
    // The pressed button is painted first: every colour of the page follows in one long task.
    requestAnimationFrame(() => setTimeout(() => this.show(next)));
  }

  private show(theme: Theme): void {
    this.theme = theme;
    document.documentElement.dataset['theme'] = theme;
    for (const listener of this.listeners) listener();
  }
}

function stored(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const themes = new ThemeStore();

const small = window.matchMedia('(max-width: 767px), (pointer: coarse)');

/** Fingers instead of a pointer: what they press is larger (WEB-007). */
export function useTouch(): boolean {
  return useSyncExternalStore(
    (listener) => {
      small.addEventListener('change', listener);
      return () => small.removeEventListener('change', listener);
    },
    () => small.matches,
  );
}

export function useTheme(): Theme {
  return useSyncExternalStore(themes.subscribe, themes.current);
}
