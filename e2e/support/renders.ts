import type { BrowserContext, Page } from 'playwright-core';

declare global {
  interface Window {
    /** Rows whose component React ran again since `startCounting`, by their text. */
    renderedRows?: Set<string>;
    /** Hears of each such row, from `startCounting` on; until then commits are not looked at. */
    rowRendered?: (row: Element) => void;
  }
}

/** Must be called before the page loads: React reports its commits only to a hook that was there first. */
export async function watchRenders(context: BrowserContext, rowSelector: string): Promise<void> {
  await context.addInitScript((selector) => {
    interface Fiber {
      readonly tag: number;
      readonly flags: number;
      readonly child: Fiber | null;
      readonly sibling: Fiber | null;
      readonly alternate: Fiber | null;
      readonly stateNode: unknown;
    }
    const PERFORMED_WORK = 1;
    const HOST = 5;
    const firstElement = (fiber: Fiber | null): Element | undefined => {
      if (fiber === null) return undefined;
      return fiber.tag === HOST && fiber.stateNode instanceof Element ? fiber.stateNode : firstElement(fiber.child);
    };
    const note = (fiber: Fiber): void => {
      if (fiber.tag === HOST || (fiber.flags & PERFORMED_WORK) === 0) return;
      const row = firstElement(fiber)?.closest(selector);
      if (row) window.rowRendered?.(row);
    };
    /** As React's own tools do: what was not visited in this commit still is the same object. */
    const visit = (next: Fiber, previous: Fiber | null): void => {
      note(next);
      if (previous !== null && next.child === previous.child) return;
      for (let child = next.child; child !== null; child = child.sibling) visit(child, child.alternate);
    };
    Object.assign(window, {
      __REACT_DEVTOOLS_GLOBAL_HOOK__: {
        supportsFiber: true,
        inject: () => 1,
        onCommitFiberUnmount: () => undefined,
        onPostCommitFiberRoot: () => undefined,
        onCommitFiberRoot(_renderer: number, root: { readonly current: Fiber }) {
          if (window.rowRendered) visit(root.current, root.current.alternate);
        },
      },
    });
  }, rowSelector);
}

export async function startCounting(page: Page): Promise<void> {
  await page.evaluate(() => {
    const rows = new Set<string>();
    window.renderedRows = rows;
    window.rowRendered = ({ textContent }) => void rows.add(textContent);
  });
}

export function renderedRows(page: Page): Promise<string[]> {
  return page.evaluate(() => [...(window.renderedRows ?? [])]);
}
