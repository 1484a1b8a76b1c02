import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react';
import type { VirtualizerHandle } from 'virtua';
import type { Desk } from './messages.desk.ts';
import type { Row } from './rows.ts';

interface ScrollInput {
  readonly viewport: RefObject<HTMLElement | null>;
  readonly virtual: RefObject<VirtualizerHandle | null>;
  readonly rows: readonly Row[];
  /** A place to be shown. */
  readonly jump: Desk['jump'];
  readonly onJumped: () => void;
  /** The rows end before the newest message. */
  readonly isAway: boolean;
}

export interface Scroll {
  /** The rows of this render changed at their start: the view keeps its distance to their end. */
  readonly isShifted: boolean;
  readonly isAtBottom: boolean;
  onScroll(): void;
  onResize(): void;
  toBottom(): void;
  /** Keys of the first and last row in view. */
  inView(): { readonly first: number; readonly last: number } | undefined;
}

/** This near to the end counts as being there. */
const BOTTOM_PX = 48;

/** Holds the view where the reader is: at the bottom while they are there, at what they read while they are not. */
export function useScroll({ viewport, virtual, rows, jump, onJumped, isAway }: ScrollInput): Scroll {
  const [isAtBottom, setAtBottom] = useState(true);
  const sticks = useRef(true);
  const lastTop = useRef(0);
  const isPlaced = useRef(false);
  const isShifted = useIsShifted(rows);
  const newestKey = rows.at(-1)?.key;
  const newest = rows.at(-1);
  const isOwnNews = newest?.kind === 'text' && newest.position === null;

  useLayoutEffect(() => {
    if (rows.length === 0) return;
    const isFirst = !isPlaced.current;
    isPlaced.current = true;
    if (jump?.isPending) return toJump(jump.position);
    if (isFirst && toNew()) return;
    if (sticks.current && !isAway) toEnd();
    // oxlint-disable-next-line react/exhaustive-deps -- only new rows and jumps move the view
  }, [rows, jump]);

  // Whoever writes wants to see it.
  useLayoutEffect(() => {
    if (isOwnNews) toBottom();
    // oxlint-disable-next-line react/exhaustive-deps -- once per message
  }, [newestKey, isOwnNews]);

  // The list tells of a size before the page has it, when there is no end yet to go to.
  useEffect(() => {
    const box = viewport.current;
    const content = box?.lastElementChild;
    if (!box || !content) return undefined;
    const observer = new ResizeObserver(() => {
      if (sticks.current && !isAway) box.scrollTop = box.scrollHeight;
    });
    observer.observe(content);
    return () => observer.disconnect();
  }, [viewport, isAway]);

  /** Where reading goes on; false when everything is read. */
  function toNew(): boolean {
    const newAt = rows.findIndex((row) => row.kind === 'new');
    if (newAt === -1) return false;
    virtual.current?.scrollToIndex(newAt, { align: 'start', offset: -24 });
    sticks.current = false;
    requestAnimationFrame(() => onScroll());
    return true;
  }

  function toJump(position: number): void {
    const at = rows.findIndex((row) => 'position' in row && row.position !== null && row.position >= position);
    // Not there yet: the rows around it are on their way.
    if (at === -1) return;
    onJumped();
    sticks.current = false;
    virtual.current?.scrollToIndex(at, { align: 'center' });
    requestAnimationFrame(() => onScroll());
  }

  function toEnd(): void {
    virtual.current?.scrollToIndex(Math.max(0, rows.length - 1), { align: 'end' });
  }

  function toBottom(): void {
    sticks.current = true;
    setAtBottom(true);
    toEnd();
  }

  function onScroll(): void {
    const box = viewport.current;
    if (!box) return;
    const isNear = box.scrollHeight - box.scrollTop - box.clientHeight <= BOTTOM_PX;
    // Rows that are taller than was thought move the end away from the reader; only who goes up has left it.
    const hasLeft = !isNear && (!sticks.current || box.scrollTop < lastTop.current);
    lastTop.current = box.scrollTop;
    sticks.current = !hasLeft && !isAway;
    setAtBottom(!hasLeft);
  }

  return {
    isShifted,
    isAtBottom,
    onScroll,
    onResize() {
      if (sticks.current && !isAway) toEnd();
    },
    toBottom,
    inView() {
      const [box, list] = [viewport.current, virtual.current];
      if (!box || !list || rows.length === 0) return undefined;
      const end = box.scrollTop + box.clientHeight;
      return { first: list.findItemIndex(list.scrollOffset), last: list.findItemIndex(end - listStart(box)) };
    },
  };
}

/** How far below the top of the scrolled content the rows begin: a short conversation stands at the bottom. */
function listStart(box: HTMLElement): number {
  const lift = box.firstElementChild;
  return lift instanceof HTMLElement ? lift.offsetHeight : 0;
}

/** Whether rows came or went at the start since the last render, the rest staying. */
function useIsShifted(rows: readonly Row[]): boolean {
  const [previous, setPrevious] = useState(rows);
  const [isShifted, setShifted] = useState(false);
  if (previous !== rows) {
    setPrevious(rows);
    setShifted(hasShifted(previous, rows));
  }
  return isShifted;
}

function hasShifted(before: readonly Row[], after: readonly Row[]): boolean {
  const grew = after.length - before.length;
  if (grew === 0 || before.length === 0) return false;
  // The last durable row stays the last one when only the start changed.
  return before.at(-1)?.key === after.at(-1)?.key;
}
