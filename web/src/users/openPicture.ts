/** What is decoded for being shown, and holds memory until it is closed. */
interface Decoded {
  close(): void;
}

export interface OpenPicture<Picture extends Decoded> {
  /** Undefined is told of what is no picture; nothing at all where another one was chosen meanwhile. */
  open(file: Blob, tell: (picture: Picture | undefined) => void): Promise<void>;
  close(): void;
}

/** One picture at a time: the one chosen last, however long each takes. Those before it are closed. */
export function createOpenPicture<Picture extends Decoded>(
  decode: (file: Blob) => Promise<Picture>,
): OpenPicture<Picture> {
  let turn = 0;
  let shown: Picture | undefined;

  return {
    async open(file, tell) {
      turn += 1;
      const own = turn;
      const picture = await decode(file).catch(() => undefined);
      if (own !== turn) {
        picture?.close();
        return;
      }
      tell(picture);
      if (!picture) return;
      // After the new one is told: the old one is drawn until then.
      shown?.close();
      shown = picture;
    },
    close() {
      turn += 1;
      shown?.close();
      shown = undefined;
    },
  };
}
