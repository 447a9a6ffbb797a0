/**
 * Where a sign-in leads to: the page of `?to=`, if it is one of this panel, else the home page. Anything that a browser
 * could read as another site's address (`//host`, `/\host`, a scheme) is refused: such links are made for phishing.
 */
export function returnTo(search: string): string {
  const wanted = new URLSearchParams(search).get('to') ?? '';
  const isPath = /^\/[^/\\]/.test(wanted) && !/[\u0000-\u001f\\]/.test(wanted);
  if (!isPath || /^\/sign-(in|up)\b|^\/first-password\b/.test(wanted)) return '/home';
  return wanted;
}
