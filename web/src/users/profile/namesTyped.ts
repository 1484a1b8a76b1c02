import type { PersonProfile } from '@dialog/shared/users';

/** What somebody has typed over what stands; undefined: nothing, and it follows what another device makes of it. */
export interface NamesTyped {
  readonly displayName?: string | undefined;
  readonly description?: string | undefined;
}

/** Only what differs: what one has not touched is not written over that of another device. Undefined: nothing. */
export function namesChange(typed: NamesTyped, { user, description }: PersonProfile): NamesTyped | undefined {
  const change = {
    ...differing('displayName', typed.displayName, user.displayName),
    ...differing('description', typed.description, description),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

/** What is left typed after that was saved: more may have been typed meanwhile. */
export function stillTyped(typed: NamesTyped, saved: NamesTyped): NamesTyped {
  return {
    displayName: typed.displayName === saved.displayName ? undefined : typed.displayName,
    description: typed.description === saved.description ? undefined : typed.description,
  };
}

function differing(name: keyof NamesTyped, typed: string | undefined, stands: string): NamesTyped {
  return typed === undefined || typed.trim() === stands ? {} : { [name]: typed };
}
