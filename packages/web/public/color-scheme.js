// Before the first paint, so that a dark page does not flash white. A file of its own: the page's policy allows no
// script in the page.
const kept = localStorage.getItem('mantine-color-scheme-value');
const wantsDark =
  kept === 'dark' || (kept !== 'light' && window.matchMedia('(prefers-color-scheme: dark)').matches);
document.documentElement.setAttribute('data-mantine-color-scheme', wantsDark ? 'dark' : 'light');
