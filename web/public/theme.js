// Runs before the first paint, so that someone who chose a theme never sees the other one flash by. Not inline, because
// the content security policy allows no inline script. Keep in step with src/platform/theme.ts.
try {
  const chosen = localStorage.getItem('dialog.theme');
  if (chosen === 'light' || chosen === 'dark') document.documentElement.dataset.theme = chosen;
} catch {
  // Storage can be forbidden; the system's theme is fine then.
}
