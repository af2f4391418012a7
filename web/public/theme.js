// Runs before the first paint so that a saved theme never flashes. Kept in step with src/app/theme.ts.
try {
  const theme = localStorage.getItem('theme');
  if (theme === 'light' || theme === 'dark') document.documentElement.dataset.theme = theme;
} catch {
  // Storage may be closed; the system's theme then applies.
}
