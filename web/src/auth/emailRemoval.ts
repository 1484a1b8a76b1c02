/** The address of an account, the one that waits to be confirmed, and whether mails go out. */
export interface EmailFacts {
  readonly address: string | null;
  readonly claim: { readonly address: string } | null;
  readonly hasMail: boolean | undefined;
}

interface Sentence {
  readonly word: 'takeBackEmailText' | 'removeEmailText' | 'removeEmailTold' | 'removeClaimToo';
  readonly address: string;
}

/** What comes of it when the address is taken away: one that only waits was never in use, and is not told. */
export function removalOf({ address, claim, hasMail }: EmailFacts): readonly Sentence[] {
  if (address === null) return claim ? [{ word: 'takeBackEmailText', address: claim.address }] : [];
  return [
    { word: 'removeEmailText', address },
    ...(hasMail === false ? [] : [{ word: 'removeEmailTold', address } as const]),
    ...(claim ? [{ word: 'removeClaimToo', address: claim.address } as const] : []),
  ];
}
