import type { Screen } from '../../app/screens';
import fa from './fa.json';

export const entryScreens: readonly Screen[] = [
  {
    path: '/sign-in',
    title: fa.signInTitle,
    who: 'public',
    load: () => import('./sign-in.screen').then(({ SignInScreen }) => ({ Component: SignInScreen })),
  },
];
