/** What is still loading may take so long; then the section itself has to do. */
const WAIT_MS = 4_000;
const SHOWN_MS = 2_000;

/**
 * Brings a setting into sight, gives it the focus and marks it for a moment, as soon as it is on the page.
 * Answers how to give up waiting.
 */
export function pointOut(within: Element, anchor: string): () => void {
  const ending = new AbortController();
  const observer = new MutationObserver(look);

  function look(): void {
    const found = within.querySelector<HTMLElement>(`[data-setting="${CSS.escape(anchor)}"]`);
    if (!found) return;
    stop();
    found.scrollIntoView({ block: 'center' });
    found.focus({ preventScroll: true });
    found.dataset['found'] = '';
    setTimeout(() => delete found.dataset['found'], SHOWN_MS);
  }

  function stop(): void {
    observer.disconnect();
    ending.abort();
  }

  observer.observe(within, { childList: true, subtree: true });
  const timer = setTimeout(stop, WAIT_MS);
  ending.signal.addEventListener('abort', () => clearTimeout(timer));
  look();
  return stop;
}
