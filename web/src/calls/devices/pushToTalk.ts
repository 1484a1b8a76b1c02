interface Deps {
  readonly page: Pick<EventTarget, 'addEventListener'>;
  /** Where the space bar has a meaning of its own. */
  readonly isTaken: (target: EventTarget | null) => boolean;
  readonly talk: (isTalking: boolean) => void;
}

type Key = Event & Pick<KeyboardEvent, 'code' | 'ctrlKey' | 'altKey' | 'metaKey' | 'repeat'>;

/** Tells when the space bar is held and let go. Answers how to stop, which lets it go. */
export function listenForTalk({ page, isTaken, talk: tell }: Deps): () => void {
  const ending = new AbortController();
  const { signal } = ending;
  let isTalking = false;

  function talk(isWanted: boolean): void {
    if (isTalking === isWanted) return;
    isTalking = isWanted;
    tell(isWanted);
  }
  // The key may be let go where this page does not see it.
  const lose = (): void => talk(false);

  function hear(type: string, act: (event: Key) => void): void {
    // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- what events of keys are
    page.addEventListener(type, (event) => act(event as Key), { signal });
  }
  hear('keydown', (event) => {
    const { code, ctrlKey, altKey, metaKey, repeat, target } = event;
    if (code !== 'Space' || ctrlKey || altKey || metaKey || isTaken(target)) return;
    event.preventDefault(); // It would scroll.
    if (!repeat) talk(true);
  });
  hear('keyup', ({ code }) => code === 'Space' && lose());
  page.addEventListener('blur', lose, { signal });
  return () => {
    ending.abort();
    lose();
  };
}
