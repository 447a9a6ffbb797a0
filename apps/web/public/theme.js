// Before anything is drawn, so that a dark panel does not flash white (WEB-203). The rest is in src/app/theme.ts.
(function () {
  var chosen = null;
  try {
    chosen = localStorage.getItem('peyk.theme');
  } catch {
    // Storage is closed; the system's setting decides.
  }
  var dark = chosen ? chosen === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  document.documentElement.dataset.theme = dark ? 'dark' : 'light';
})();
