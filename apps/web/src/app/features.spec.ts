import { readdirSync } from 'node:fs';
import { resolve } from 'node:path';
import type { Feature } from '../parts/screens/feature';

// It knows the address of the page, which is none here.
jest.mock('../api/client', () => ({}));

const folder = resolve(__dirname, '../features');
/** As `features.ts` finds them, by Vite. */
const features = readdirSync(folder).map((name) => {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { feature } = require(`../features/${name}/screens`) as { readonly feature: Feature };
  return { name, feature };
});
const screens = features.flatMap(({ feature }) => feature.screens);
const listed = screens.filter(({ menu }) => menu);

describe('features of the panel', () => {
  it('each bring screens, whose addresses are their own', () => {
    expect(features.filter(({ feature }) => feature.screens.length === 0)).toEqual([]);
    const paths = screens.map(({ path }) => path);
    expect([...new Set(paths)]).toEqual(paths);
  });

  it('WEB-026 list a page in the menu, or name the page that leads to it', () => {
    const paths = screens.map(({ path }) => path);
    expect(screens.filter(({ parent }) => parent && !paths.includes(parent))).toEqual([]);
    const lost = screens.filter(({ who, menu, parent }) => who !== 'public' && !menu && !parent);
    expect(lost.map(({ path }) => path)).toEqual([]);
  });

  it('give each page of a group a position of its own, and an icon', () => {
    const places = listed.map(({ menu }) => `${menu?.group} ${menu?.order}`);
    expect([...new Set(places)]).toEqual(places);
    expect(listed.filter(({ icon }) => !icon).map(({ path }) => path)).toEqual([]);
  });

  it('WEB-010 offer quickly what is in the menu', () => {
    expect(screens.filter(({ quick, menu }) => quick && !menu).map(({ path }) => path)).toEqual([]);
  });
});
