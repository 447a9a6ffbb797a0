import { join } from 'node:path';
import { createCache, extractStyle, StyleProvider } from '@ant-design/cssinjs';
import * as antd from 'antd';
import type { ThemeConfig } from 'antd';
import { createElement } from 'react';
import type { ComponentType, ReactNode } from 'react';
import { renderToString } from 'react-dom/server';
import { runnerImport, Visitor } from 'vite';
import type { ESTree, Plugin } from 'vite';

const name = 'virtual:antd.css';
const id = `\0${name}`;

const { Badge, Input, Layout, Menu, message, Modal, Tag } = antd;

/** Every part of antd that the panel draws, in each form that has rules of its own. */
function parts(): ReactNode[] {
  const thing = createElement('i');
  return [
    antd.Alert,
    antd.App,
    antd.Avatar,
    antd.Breadcrumb,
    antd.Button,
    antd.Card,
    antd.Checkbox,
    antd.Col,
    antd.Collapse,
    antd.DatePicker,
    antd.Descriptions,
    antd.Divider,
    antd.Drawer,
    antd.Empty,
    antd.Flex,
    antd.Form,
    antd.Form.Item,
    Input,
    Input.Search,
    Input.TextArea,
    antd.InputNumber,
    Layout,
    Layout.Sider,
    Modal,
    antd.Progress,
    antd.Radio,
    antd.Result,
    antd.Row,
    antd.Segmented,
    antd.Select,
    antd.Skeleton,
    antd.Spin,
    antd.Statistic,
    antd.Steps,
    antd.Switch,
    antd.Tabs,
    Tag,
    antd.Timeline,
    antd.Typography,
    antd.Upload,
  ]
    .map((part) => createElement(part as ComponentType))
    .concat(
      createElement(Badge, { count: 1 }),
      createElement(antd.Dropdown, { menu: { items: [] }, children: thing }),
      createElement(Menu, { items: [] }),
      createElement(message._InternalPanelDoNotUseOrYouWillBeFired),
      createElement(Modal._InternalPanelDoNotUseOrYouWillBeFired, { type: 'confirm' }),
      createElement(antd.QRCode, { value: '0' }),
      createElement(Tag, { color: 'blue' }),
      createElement(Tag, { color: 'success' }),
      createElement(antd.Tooltip, { title: '0', children: thing }),
    );
}

/** Comes with other parts; the panel does not draw it. */
const undrawn: ReadonlySet<string> = new Set([
  'Addon-Addon',
  'Badge-Ribbon',
  'Input-OTP',
  'Message-PurePanel',
  'Notification-Notification',
  'Notification-PurePanel',
  'Popover-Popover',
  'Space-Space',
]);

interface Sheet {
  readonly css: string;
  /** Which parts it has rules for, by the names that antd gives them: `Button-Button`. */
  readonly parts: ReadonlySet<string>;
}

/** What antd makes of all parts in a theme. */
function drawn(theme: ThemeConfig): ReturnType<typeof createCache> {
  const cache = createCache();
  const themed = createElement(antd.ConfigProvider, { theme }, ...parts());
  renderToString(createElement(StyleProvider, { cache }, themed));
  return cache;
}

/** antd's rules, which are the same in every theme, and the variables of each. */
async function sheet(): Promise<Sheet> {
  const path = join(import.meta.dirname, 'src/app/antd-themes.ts');
  const { antdThemes } = (await runnerImport<typeof import('./src/app/antd-themes')>(path)).module;
  const variables = Object.values(antdThemes)
    .flatMap((themes) => Object.values(themes))
    .map((theme) => extractStyle(drawn(theme), { plain: true, types: ['token', 'cssVar'] }));
  const ruled = drawn({ ...antdThemes.light.pointer, zeroRuntime: false });
  const rules = extractStyle(ruled, { plain: true, types: 'style' });
  const keys = [...ruled.cache.keys()].flatMap((key) => /^style%%([^%]+)%/.exec(key)?.[1] ?? []);
  return { css: [...variables, rules].join('\n'), parts: new Set(keys) };
}

const styleHooks = /^gen(?:StyleHooks|SubStyleComponent|ComponentStyleHook)$/;

interface StyleHook {
  /** As antd names it in its cache. */
  readonly part: string;
  /** Where the function that makes the rules stands. */
  readonly start: number;
  readonly end: number;
}

/** `genStyleHooks('Tag', rules, …)` and `genSubStyleComponent(['Tag', 'preset'], rules, …)` of a module. */
function styleHooksOf(program: ESTree.Program): StyleHook[] {
  const found: StyleHook[] = [];
  new Visitor({
    CallExpression({ callee, arguments: [called, rules] }) {
      if (callee.type !== 'Identifier' || !styleHooks.test(callee.name) || !called || !rules) return;
      const names = called.type === 'ArrayExpression' ? called.elements : [called, called];
      const part = names.map((each) => (each?.type === 'Literal' ? String(each.value) : '')).join('-');
      found.push({ part, start: rules.start, end: rules.end });
    },
  }).visit(program);
  return found;
}

/**
 * antd makes its styles in the browser, part by part, while one waits for the page. This makes them while building, as
 * `virtual:antd.css`, leaves out of the script what would make them, and lets no build pass whose panel has a part of antd
 * without its rules.
 */
export function antdStyles(): Plugin {
  let made: Sheet | undefined;
  const hooks = new Map<string, readonly string[]>();
  return {
    name: 'antd-styles',
    resolveId: (source) => (source === name ? id : null),
    async load(loaded) {
      if (loaded !== id) return null;
      made = await sheet();
      return made.css;
    },
    transform: {
      filter: { id: /\/antd\/es\//, code: /gen(?:StyleHooks|SubStyleComponent|ComponentStyleHook)\(/ },
      handler(code, module) {
        const found = styleHooksOf(this.parse(code));
        hooks.set(
          module,
          found.map(({ part }) => part),
        );
        return found.reduceRight(
          (left, { start, end }) => `${left.slice(0, start)}() => []${left.slice(end)}`,
          code,
        );
      },
    },
    generateBundle(_options, bundle) {
      const modules = Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? file.moduleIds : []));
      const used = new Set(modules.flatMap((module) => hooks.get(module) ?? []));
      const missing = [...used].filter((part) => !made?.parts.has(part) && !undrawn.has(part));
      if (missing.length > 0)
        this.error(`no rules of antd for ${missing.join(', ')}: add the part to antd-styles.mts`);
    },
  };
}
