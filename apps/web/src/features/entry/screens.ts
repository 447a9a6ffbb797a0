import type { Feature } from '../../parts/screens/feature';
import fa from './fa.json';

export const feature: Feature = {
  screens: [
    {
      path: '/',
      title: fa.publicHome,
      who: 'public',
      load: () =>
        import('./public-home.screen').then(({ PublicHomeScreen }) => ({ Component: PublicHomeScreen })),
    },
    {
      path: '/sign-in',
      title: fa.signInTitle,
      who: 'public',
      load: () => import('./sign-in.screen').then(({ SignInScreen }) => ({ Component: SignInScreen })),
    },
    {
      path: '/sign-up/:step',
      title: fa.signUpTitle,
      who: 'public',
      load: () => import('./sign-up.screen').then(({ SignUpScreen }) => ({ Component: SignUpScreen })),
    },
    {
      path: '/first-password',
      title: fa.firstTitle,
      who: 'public',
      load: () =>
        import('./first-password.screen').then(({ FirstPasswordScreen }) => ({
          Component: FirstPasswordScreen,
        })),
    },
    {
      path: '/forgot-password',
      title: fa.forgottenTitle,
      who: 'public',
      load: () =>
        import('./forgot-password.screen').then(({ ForgotPasswordScreen }) => ({
          Component: ForgotPasswordScreen,
        })),
    },
    {
      path: '/stop-change',
      title: fa.stopTitle,
      who: 'public',
      load: () =>
        import('./stop-change.screen').then(({ StopChangeScreen }) => ({ Component: StopChangeScreen })),
    },
    {
      path: '/sign-up',
      title: fa.signUpTitle,
      who: 'public',
      load: () => import('./sign-up.screen').then(({ SignUpScreen }) => ({ Component: SignUpScreen })),
    },
    {
      path: '/tariffs',
      title: fa.tariffsTitle,
      who: 'public',
      load: () => import('./tariffs.screen').then(({ TariffsScreen }) => ({ Component: TariffsScreen })),
    },
    {
      path: '/terms',
      title: fa.termsTitle,
      who: 'public',
      load: () => import('./terms.screen').then(({ TermsScreen }) => ({ Component: TermsScreen })),
    },
  ],
};
