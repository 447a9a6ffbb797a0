import { panelBundle } from '../../support/panel-bundle';

const firstLoadMaxBytes = 350_000;
const routeMaxBytes = 150_000;
describe('the built panel', () => {
  const { firstLoadBytes, routeBytes } = panelBundle();

  it('shows its first page with at most 350 kB of script (gzip)', () => {
    expect(firstLoadBytes).toBeGreaterThan(50_000);
    expect(firstLoadBytes).toBeLessThanOrEqual(firstLoadMaxBytes);
  });

  it('loads at most 150 kB more for any page (gzip)', () => {
    expect(Object.keys(routeBytes).length).toBeGreaterThan(20);
    expect(Object.entries(routeBytes).filter(([, bytes]) => bytes > routeMaxBytes)).toEqual([]);
  });
});
