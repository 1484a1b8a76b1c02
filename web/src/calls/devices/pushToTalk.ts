/** One is heard until what it answers is called. */
type Hold = () => () => void;

interface KeyDeps {
  readonly page: Pick<EventTarget, 'addEventListener'>;
  /** Whether the space bar has a meaning of its own where the focus is. */
  readonly isTaken: () => boolean;
  readonly hold: Hold;
}

interface PointerDeps {
  readonly button: Pick<HTMLElement, 'addEventListener' | 'setPointerCapture'>;
  /** The window that the button is in. */
  readonly page: Pick<EventTarget, 'addEventListener'>;
  readonly hold: Hold;
}

type Key = Event & Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;
type Press = Event & Pick<PointerEvent, 'button' | 'pointerId' | 'detail'>;

/** Talks while the space bar is held. Answers how to stop, which lets it go. */
export function listenForTalk({ page, isTaken, hold }: KeyDeps): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const talk = atMostOne(hold);
  /** The bar went down for us: until it comes up it is nobody else's. */
  let isOurs = false;

  /** Before whatever has the focus: a button that was clicked keeps it, and would be pressed. */
  function hear(type: string, act: (event: Key) => void): void {
    const hearBar = (event: Event): void => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what events of keys are
      const key = event as Key;
      if (key.code === 'Space') act(key);
    };
    page.addEventListener(type, hearBar, { signal, capture: true });
  }
  hear('keydown', (event) => {
    const { ctrlKey, altKey, metaKey, repeat } = event;
    isOurs = (repeat && isOurs) || !(ctrlKey || altKey || metaKey || isTaken());
    if (!isOurs) return;
    keepToUs(event);
    if (!repeat) talk.begin();
  });
  hear('keyup', (event) => {
    // Firefox presses a button when the bar comes up.
    if (isOurs) keepToUs(event);
    isOurs = false;
    talk.end();
  });
  // The key may be let go where this page does not see it.
  for (const away of ['blur', 'visibilitychange']) page.addEventListener(away, talk.end, { signal });
  return () => {
    ending.abort();
    talk.end();
  };
}

/** Talks while a pointer holds the button, whose other clicks stay what they are. Answers how to stop, which lets it go. */
export function listenForHold({ button, page, hold }: PointerDeps): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  const talk = atMostOne(hold);
  let isHeldByPointer = false;

  function hear(type: string, act: (event: Press) => void): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what events of pointers are
    button.addEventListener(type, (event) => act(event as Press), { signal });
  }
  hear('pointerdown', (event) => {
    if (event.button !== 0) return;
    isHeldByPointer = true;
    talk.begin();
    // A finger that slides off the button goes on talking.
    button.setPointerCapture(event.pointerId);
  });
  for (const end of ['pointerup', 'pointercancel', 'lostpointercapture']) hear(end, talk.end);
  page.addEventListener('blur', talk.end, { signal });
  // A finger that rests long asks for a menu.
  hear('contextmenu', (event) => event.preventDefault());
  hear('click', (event) => {
    // Of a keyboard, or of what reads the screen, it is a press like any other; only the end of a hold is none.
    if (isHeldByPointer && event.detail > 0) event.stopPropagation();
    isHeldByPointer = false;
  });
  return () => {
    ending.abort();
    talk.end();
  };
}

function atMostOne(hold: Hold): { readonly begin: () => void; readonly end: () => void } {
  let letGo: (() => void) | undefined;
  return {
    begin: () => void (letGo ??= hold()),
    end() {
      letGo?.();
      letGo = undefined;
    },
  };
}

function keepToUs(event: Event): void {
  event.preventDefault();
  event.stopPropagation();
}
