/** Whether somebody looks at this page. */
export interface Attention {
  isHere(): boolean;
  /** Answers how to stop. */
  onChange(hear: () => void): () => void;
}

/** On screen, and in front of what else is there. */
export const pageAttention: Attention = {
  isHere: () => document.visibilityState === 'visible' && document.hasFocus(),
  onChange(hear) {
    const ending = new AbortController();
    const { signal } = ending;
    document.addEventListener('visibilitychange', hear, { signal });
    globalThis.addEventListener('focus', hear, { signal });
    globalThis.addEventListener('blur', hear, { signal });
    return () => ending.abort();
  },
};
