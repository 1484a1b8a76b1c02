const SHEETS = 'link[rel="stylesheet"], style';

/**
 * An empty window looks, reads and is spoken like the page that opened it, also when that changes or gets more style
 * sheets: what is shown there first may bring its own. Answers how to stop.
 */
export function dress(opened: Document, page: Document): () => void {
  const root = page.documentElement;
  const worn = new Map<Node, HTMLElement>();

  function speak(): void {
    const { lang, dir } = root;
    Object.assign(opened.documentElement, { lang, dir });
  }

  function wear(sheet: Node): void {
    if (!(sheet instanceof HTMLElement) || !sheet.matches(SHEETS)) return;
    const copy = opened.importNode(sheet, true);
    // The window itself has no address that "/assets" could belong to.
    if (sheet instanceof HTMLLinkElement) copy.setAttribute('href', sheet.href);
    worn.set(sheet, copy);
    opened.head.append(copy);
  }

  function shed(sheet: Node): void {
    worn.get(sheet)?.remove();
    worn.delete(sheet);
  }

  const changes = new MutationObserver((records) => {
    speak();
    for (const { addedNodes, removedNodes } of records) {
      removedNodes.forEach(shed);
      addedNodes.forEach(wear);
    }
  });
  speak();
  // Calls are dark in both themes.
  opened.documentElement.dataset['theme'] = 'dark';
  page.head.childNodes.forEach(wear);
  changes.observe(page.head, { childList: true });
  changes.observe(root, { attributeFilter: ['lang', 'dir'] });
  return () => changes.disconnect();
}
