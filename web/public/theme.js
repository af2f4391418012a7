// Runs before the first paint so that a saved theme never flashes. Kept in step with src/app/theme.ts. Hands the nonce of
// the page's policy to what makes style elements (get-nonce looks for this name).
window.__webpack_nonce__ = document.querySelector('meta[name=style-nonce]')?.content;
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed; the system's theme then applies.
}
