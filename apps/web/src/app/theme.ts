import { theme as antd } from 'antd';
import type { ThemeConfig } from 'antd';
import { useSyncExternalStore } from 'react';

export type Theme = 'light' | 'dark';
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

const shared: ThemeConfig['token'] = {
  fontFamily: "'Vazirmatn Variable', Vazirmatn, Tahoma, sans-serif",
  fontSize: 14,
  borderRadius: 8,
  wireframe: false,
  // Quick enough to be felt as an answer.
  motionDurationMid: '0.12s',
  motionDurationSlow: '0.18s',
};

/** Contrast of all text is at least 4.5:1 in both (WEB-206). */
const pointerThemes: Readonly<Record<Theme, ThemeConfig>> = {
  light: {
    algorithm: antd.defaultAlgorithm,
    token: {
      ...shared,
      colorPrimary: '#0f766e',
      // What antd mixes from so dark a green is grey.
      colorPrimaryBg: '#e2f3f0',
      colorPrimaryBgHover: '#cde9e4',
      colorSuccessBg: '#e7f5ec',
      colorSuccessBorder: '#a9d8ba',
      colorWarningBg: '#fdf3e2',
      colorWarningBorder: '#f0cf9b',
      colorErrorBg: '#fdecec',
      colorErrorBorder: '#f3b9b9',
      colorInfoBg: '#e8f1fb',
      colorInfoBorder: '#b3d0ee',
      colorInfo: '#0b63b8',
      colorSuccess: '#12733a',
      colorWarning: '#b45309',
      colorError: '#c81e1e',
      colorLink: '#0b63b8',
      colorBgLayout: '#f4f6f7',
      colorTextDescription: 'rgba(0,0,0,0.62)',
      colorTextSecondary: 'rgba(0,0,0,0.66)',
      colorTextTertiary: 'rgba(0,0,0,0.62)',
      colorTextPlaceholder: 'rgba(0,0,0,0.58)',
    },
    components: { Layout: { headerBg: '#ffffff', siderBg: '#ffffff' } },
  },
  dark: {
    algorithm: antd.darkAlgorithm,
    token: {
      ...shared,
      colorPrimary: '#2bb5a6',
      colorPrimaryBg: '#12312d',
      colorPrimaryBgHover: '#17423c',
      colorBgContainer: '#171d1f',
      colorBgElevated: '#1f2729',
      colorBorder: '#3b474b',
      colorBorderSecondary: '#2a3437',
      colorSuccessText: '#6fd79c',
      colorInfo: '#5cabf2',
      colorSuccess: '#3fae6a',
      colorWarning: '#e0a03c',
      colorError: '#f0857f',
      colorLink: '#9bd0ff',
      colorBgLayout: '#101416',
      colorBgBase: '#14191b',
      colorTextDescription: 'rgba(255,255,255,0.68)',
      colorTextSecondary: 'rgba(255,255,255,0.72)',
      colorTextTertiary: 'rgba(255,255,255,0.66)',
      colorTextPlaceholder: 'rgba(255,255,255,0.6)',
    },
    components: {
      Layout: { headerBg: '#171d1f', siderBg: '#171d1f' },
      // White on this green would be 3:1.
      Button: { primaryColor: '#04211e' },
      // What antd makes of the colour is 4.2:1 on the background of what is chosen.
      Menu: { itemSelectedColor: '#3cc0b0', subMenuItemSelectedColor: '#3cc0b0' },
    },
  },
};

function forFingers(theme: ThemeConfig): ThemeConfig {
  return { ...theme, token: { ...theme.token, controlHeight: 40 } };
}

export const antdThemes: Readonly<
  Record<Theme, { readonly pointer: ThemeConfig; readonly touch: ThemeConfig }>
> = {
  light: { pointer: pointerThemes.light, touch: forFingers(pointerThemes.light) },
  dark: { pointer: pointerThemes.dark, touch: forFingers(pointerThemes.dark) },
};
