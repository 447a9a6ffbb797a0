import { createBrowserRouter, Navigate } from 'react-router';
import type { RouteObject } from 'react-router';
import { codeFailed } from '../api/broken';
import { isOnline, untilOnline } from '../api/line';
import { Broken, NotFound, RouteError } from '../ui/states';
import { allScreens } from './features';
import { PanelLayout } from './panel-layout';
import { PublicLayout } from './public-layout';
import { Restricted } from './restricted';
import { RootLayout } from './root-layout';
import type { Screen } from '../parts/screens/screen';
import { useSessionState } from '../api/use-session';

function routeOf(screen: Screen): RouteObject {
  return {
    path: screen.path,
    handle: screen,
    // Menu and toolbar stay around a page that breaks.
    errorElement: <RouteError />,
    // It never fails itself: of a first page whose code does not come the router would show nothing at all.
    lazy: async () => {
      try {
        const { Component } = await codeOf(screen);
        return { element: <Restricted screen={screen}>{<Component />}</Restricted> };
      } catch (error) {
        const why: unknown = await codeFailed(error, addressAsked()).catch((still: unknown) => still);
        return { element: <Broken error={why} /> };
      }
    },
  };
}

/** While the line is down the page that is open stays, and the next one opens when it is back. */
async function codeOf(screen: Screen): ReturnType<Screen['load']> {
  await untilOnline();
  try {
    return await screen.load();
  } catch (error) {
    if (isOnline()) throw error;
    await untilOnline();
    return screen.load();
  }
}

/** Where the person is going, or stands when the first page is loaded. */
function addressAsked(): string {
  const { pathname, search } = router.state.navigation.location ?? router.state.location;
  return pathname + search;
}

/** Visitors begin at the public home, people who are signed in at their own (WEB-011). */
function Unknown() {
  return useSessionState().kind === 'signedIn' ? <NotFound /> : <Navigate to="/" replace />;
}

export const router = createBrowserRouter([
  {
    element: <RootLayout />,
    errorElement: <RouteError />,
    hydrateFallbackElement: <></>,
    children: [
      {
        element: <PublicLayout />,
        children: allScreens.filter(({ who }) => who === 'public').map(routeOf),
      },
      {
        element: <PanelLayout />,
        children: [
          ...allScreens.filter(({ who }) => who !== 'public').map(routeOf),
          { path: '*', element: <Unknown /> },
        ],
      },
    ],
  },
]);
