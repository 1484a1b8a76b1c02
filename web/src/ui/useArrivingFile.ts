import { useEffect, useEffectEvent } from 'react';

/** While it is on screen, a file that is pasted or dropped anywhere on the page is for it. */
export function useArrivingFile(onFile: (file: File) => void): void {
  const take = useEffectEvent((event: Event, files: FileList | undefined) => {
    const [file] = files ?? [];
    if (!file) return;
    event.preventDefault();
    event.stopPropagation();
    onFile(file);
  });
  useEffect(() => {
    const ending = new AbortController();
    // Before the page beneath, which takes files as well.
    const options = { capture: true, signal: ending.signal };
    document.addEventListener('paste', (event) => take(event, event.clipboardData?.files), options);
    document.addEventListener('drop', (event) => take(event, event.dataTransfer?.files), options);
    document.addEventListener('dragover', (event) => event.preventDefault(), options);
    return () => ending.abort();
  }, []);
}
