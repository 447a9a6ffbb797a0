import { theme as antd } from 'antd';
import type { ThemeConfig } from 'antd';

export type Theme = 'light' | 'dark';

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

/** Its rules and variables are in the style sheet that `antd-styles.mts` makes: none is made in the browser. */
function built(key: string, theme: ThemeConfig): ThemeConfig {
  return { ...theme, zeroRuntime: true, hashed: false, cssVar: { key } };
}

export const antdThemes: Readonly<
  Record<Theme, { readonly pointer: ThemeConfig; readonly touch: ThemeConfig }>
> = {
  light: {
    pointer: built('theme-light', pointerThemes.light),
    touch: built('theme-light-touch', forFingers(pointerThemes.light)),
  },
  dark: {
    pointer: built('theme-dark', pointerThemes.dark),
    touch: built('theme-dark-touch', forFingers(pointerThemes.dark)),
  },
};
